// B11: what the client costs a phone on a slow line, and what scrolling through 100,000 items costs the page. The line
// and the processor are slowed down by the browser itself, with the figures that Lighthouse uses for a phone.
import { gzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { connectPool } from '@shoebox/db/connect-pool.ts'
import { chooseFiles, startJourney, type Journey } from '@shoebox/e2e/journey.ts'
import { webDist } from '@shoebox/local/worker/build-web.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { startDatabase } from '@shoebox/testing/start-database.ts'
import sharp from 'sharp'
import { median, type BenchLine, type BenchRow } from '../bench-row.ts'
import { makePhonePhoto } from '../corpus/make-photos.ts'
import { fillGroup } from './client-group.ts'
import { forgetLongTasks, readSeen, watchPage, type Seen } from './watch-page.ts'

const rounds = 5
const pictures = 24
const items = 100_000

/** Lighthouse's slow 4G as DevTools applies it, and its mid-range phone. Bytes a second. */
const line = {
  offline: false,
  latency: 562.5,
  downloadThroughput: (1474.56 * 1024) / 8,
  uploadThroughput: (675 * 1024) / 8,
}
const phone = {
  viewport: { width: 412, height: 823 },
  deviceScaleFactor: 1.75,
  isMobile: true,
  hasTouch: true,
} as const
const processorSlowdown = 4

function measureBytes(): BenchLine[] {
  const html = readFileSync(join(webDist, 'index.html'), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map(([, path = '']) => path)
  const kbOf = (ending: string) =>
    named
      .filter((path) => path.endsWith(ending))
      .reduce((sum, path) => sum + gzipSync(readFileSync(join(webDist, path)), { level: 9 }).length, 0) / 1024
  return [
    { work: 'first load', measure: 'kB of JS, gzipped', ours: kbOf('.js'), comparisons: [], oursMax: 50 },
    { work: 'first load', measure: 'kB of CSS, gzipped', ours: kbOf('.css'), comparisons: [], oursMax: 8 },
  ]
}

async function visit(journey: Journey): Promise<Seen & { bytes: number }> {
  const page = await journey.openPage('/health', phone)
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  await session.send('Network.emulateNetworkConditions', line)
  await session.send('Emulation.setCPUThrottlingRate', { rate: processorSlowdown })
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  await page.addInitScript(watchPage)
  await page.goto(journey.stack.siteOrigin, { waitUntil: 'networkidle' })
  const seen = await readSeen(page)
  await page.context().close()
  return { ...seen, bytes }
}

async function measureLoading(journey: Journey): Promise<BenchLine[]> {
  const page = await journey.openPage()
  await journey.signUp(page, 'Ann')
  const { body } = await makePhonePhoto(1600, 1200)
  const files = await Promise.all(
    Array.from({ length: pictures }, async (_, n) => ({
      name: `${n}.jpg`,
      mimeType: 'image/jpeg',
      buffer: await sharp(body)
        .modulate({ hue: n * 15 })
        .jpeg({ quality: 82 })
        .toBuffer(),
    })),
  )
  await chooseFiles(page, files)
  const db = connectPool({ connectionString: journey.stack.postgres.url, connectionsMax: 1 })
  const countReady = async () => (await db.$client.query(`select 1 from media where is_public`)).rowCount === pictures
  await pollUntil(countReady, { timeoutMs: 180_000, everyMs: 500, what: 'every picture in the feed' })
  await db.$client.end()
  await page.context().close()
  const visits: (Seen & { bytes: number })[] = []
  for (let round = -1; round < rounds; round += 1) {
    const seen = await visit(journey)
    if (round >= 0) visits.push(seen)
  }
  const work = 'a visitor’s feed on a slow phone'
  const of = (read: (seen: (typeof visits)[number]) => number) => median(visits.map(read))
  return [
    { work, measure: 'ms to the largest paint', ours: of(({ lcpMs }) => lcpMs), comparisons: [], oursMax: 2500 },
    {
      work,
      measure: 'ms blocked',
      ours: of(({ longMs }) => longMs.reduce((sum, ms) => sum + ms - 50, 0)),
      comparisons: [],
    },
    { work, measure: 'layout shift', ours: of(({ shift }) => shift), comparisons: [], oursMax: 0 },
    { work, measure: 'kB in all', ours: of(({ bytes }) => bytes / 1024), comparisons: [] },
  ]
}

const countNodes = (page: Page) => page.evaluate(() => document.querySelectorAll('#app *').length)

/** The most tiles that a screen may have, while they are chosen. */
async function countOnPhone(page: Page): Promise<number> {
  await page.setViewportSize(phone.viewport)
  await page.evaluate(() => localStorage.setItem('shoebox.across', '8'))
  await page.reload()
  await page.locator('[data-id]').first().waitFor()
  await page.locator('[data-id]').first().focus()
  await page.keyboard.press('x')
  let nodesMax = 0
  for (let step = 0; step < 60; step += 1) {
    await page.mouse.wheel(0, 400)
    await page.waitForTimeout(50)
    nodesMax = Math.max(nodesMax, await countNodes(page))
  }
  return nodesMax
}

/** Wheels through the gallery, with a jump by the keyboard now and then, and counts what was drawn. */
async function measureScrolling(journey: Journey): Promise<BenchLine[]> {
  const page = await journey.openPage()
  const person = await journey.signUp(page, 'Bea')
  const db = connectPool({
    connectionString: journey.stack.postgres.url,
    connectionsMax: 1,
    statementTimeoutMs: 600_000,
  })
  const groupId = await fillGroup(db, person.email, items)
  await db.$client.end()
  const picture = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#336699' } })
    .webp()
    .toBuffer()
  await page.route('**/v/**', (route) =>
    route.fulfill({ body: picture, contentType: 'image/webp', headers: { 'access-control-allow-origin': '*' } }),
  )
  await page.addInitScript(watchPage)
  await page.goto(`${journey.stack.siteOrigin}/g/${groupId}`)
  await page.locator('[data-id]').first().waitFor()
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  // What opening cost is B4's matter.
  await forgetLongTasks(page)
  let nodesMax = 0
  await page.mouse.move(600, 400)
  for (let step = 0; step < 200; step += 1) {
    await page.mouse.wheel(0, 900)
    await page.waitForTimeout(16)
    if (step % 40 === 39) await page.evaluate(() => scrollTo(0, Math.random() * document.documentElement.scrollHeight))
    if (step % 5 === 0)
      nodesMax = Math.max(nodesMax, await page.evaluate(() => document.querySelectorAll('#app *').length))
  }
  const { longMs } = await readSeen(page)
  const nodesOnPhone = await countOnPhone(page)
  await page.context().close()
  const work = `scrolling through ${items.toLocaleString('en')} items`
  return [
    { work, measure: 'tasks over 50 ms', ours: longMs.length, comparisons: [], oursMax: 0 },
    { work, measure: 'ms of the longest task', ours: Math.max(0, ...longMs), comparisons: [] },
    { work, measure: 'most nodes', ours: nodesMax, comparisons: [], oursMax: 400 },
    { work, measure: 'most nodes, 8 side by side on a phone', ours: nodesOnPhone, comparisons: [], oursMax: 400 },
  ]
}

async function run(say: (progress: string) => void): Promise<BenchLine[]> {
  const journey = await startJourney({ database: await startDatabase() })
  try {
    say('opening the feed')
    const loading = await measureLoading(journey)
    say(`writing ${items} items and scrolling`)
    return [...measureBytes(), ...loading, ...(await measureScrolling(journey))]
  } finally {
    await journey.stop()
  }
}

export const row: BenchRow = { id: 'B11', name: 'client', title: 'what the client costs a phone', run }
