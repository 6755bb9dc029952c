// Files too large for one request, in a real browser on the whole system: they go up in parts, and what has arrived is
// never sent twice.
import { randomFillSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page, Request } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { buckets } from '@shoebox/local/cloud-names.ts'
import { readPieces } from '@shoebox/local/s3/blob-files.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { launchProfile } from './browser.ts'
import { startJourney, tilesBy, uploadRow, type Journey } from './journey.ts'

let journey: Journey
let folder: string
/** How far S3's clock is ahead of the Worker's. */
let s3AheadMs = 0
beforeAll(async () => {
  journey = await startJourney({ stack: { s3NowMs: () => Date.now() + s3AheadMs } })
  folder = await mkdtemp(join(tmpdir(), 'shoebox-large-'))
})
afterAll(async () => {
  await journey?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** A picture of noise, which nothing can make smaller: about 20 MB, so three parts. */
async function writeNoise(name: string, sidePx = 2600): Promise<string> {
  const pixels = randomFillSync(Buffer.alloc(sidePx * sidePx * 3))
  const path = join(folder, name)
  const raw = { width: sidePx, height: sidePx, channels: 3 } as const
  await writeFile(path, await sharp(pixels, { raw }).png({ compressionLevel: 0 }).toBuffer())
  return path
}

async function choosePath(page: Page, path: string): Promise<void> {
  const picker = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add photos' }).first().click()
  await (await picker).setFiles(path)
}

/** The same where the browser is another process' child: it must open the file by itself, which else takes too long. */
async function choosePathNatively(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const { root } = await session.send('DOM.getDocument')
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'input[type=file]' })
  await session.send('DOM.setFileInputFiles', { nodeId, files: [path] })
}

const partOf = (request: Request): string | null =>
  request.method() === 'PUT' ? new URL(request.url()).searchParams.get('partNumber') : null

/** The numbers of the parts that the page sends from now on, and the key they belong to. */
function watchParts(page: Page): { readonly sent: string[]; readonly stored: string[]; key: string } {
  const parts = { sent: [] as string[], stored: [] as string[], key: '' }
  page.on('request', (request) => {
    const part = partOf(request)
    if (part === null) return
    parts.sent.push(part)
    parts.key = new URL(request.url()).pathname.replace(`/${buckets.incoming}/`, '')
  })
  page.on('response', (response) => {
    const part = partOf(response.request())
    if (part !== null && response.ok()) parts.stored.push(part)
  })
  return parts
}

test('a photo of 20 MB goes up in parts and appears in the feed', async () => {
  const page = await journey.openPage()
  await journey.enterAs(page, 'Hedda')
  const parts = watchParts(page)
  await choosePath(page, await writeNoise('wall.png'))
  await uploadRow(page, 'wall.png').getByText('In the feed').waitFor({ timeout: 90_000 })
  await tilesBy(page, 'Hedda').first().waitFor()
  expect(parts.sent.toSorted()).toEqual(['1', '2', '3'])
})

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

const setClockOff = (page: Page, offMs: number) =>
  page.evaluate((ms) => sessionStorage.setItem('off', String(ms)), offMs)

/** From the next page on the browser's clock is off by what setClockOff() said last. */
async function breakClock(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const offMs = Number(sessionStorage.getItem('off'))
    const { now } = Date
    Date.now = () => now() + offMs
    globalThis.Date = new Proxy(Date, {
      construct: (target, given: []) => (given.length === 0 ? new target(target.now()) : new target(...given)),
    })
  })
}

/** S3 is told that hours have gone by until it has refused a part, as after a night in which the computer slept. */
function sleepOnce(page: Page): { refused: number } {
  const slept = { refused: 0 }
  page.on('response', (response) => {
    if (partOf(response.request()) === null || response.status() !== 403) return
    slept.refused += 1
    s3AheadMs = 0
  })
  s3AheadMs = 16 * minuteMs
  return slept
}

test('after a reload, the same file chosen again sends only the part that was missing, whatever the clock says', async () => {
  const page = await journey.openPage()
  await breakClock(page)
  await setClockOff(page, -30 * dayMs)
  await journey.enterAs(page, 'Ines')
  page.on('dialog', (dialog) => void dialog.accept())
  const path = await writeNoise('again.png')
  const before = watchParts(page)
  // The second part never gets out of the browser. The route stays: taking it away would touch what is on its way.
  let isStuck = true
  const isSecond = (url: URL) => url.searchParams.get('partNumber') === '2'
  await page.route(isSecond, (route) => {
    if (!isStuck || route.request().method() !== 'PUT') return route.continue()
  })
  await choosePath(page, path)
  await pollUntil(() => before.stored.length === 2, { timeoutMs: 60_000, what: 'the other two parts' })
  expect(before.stored.toSorted()).toEqual(['1', '3'])

  await setClockOff(page, 3 * dayMs)
  await page.reload()
  expect(await page.evaluate(() => Number(new Date()))).toBeGreaterThan(Date.now() + 2 * dayMs)
  isStuck = false
  const after = watchParts(page)
  let renewals = 0
  page.on('request', (request) => (renewals += request.url().includes('/feed.item') ? 1 : 0))
  let slept = { refused: 0 }
  await page.route(isSecond, (route) => {
    // Signed already, and not yet judged.
    if (route.request().method() === 'PUT' && slept.refused === 0) slept = sleepOnce(page)
    return route.continue()
  })
  await choosePath(page, path)
  await uploadRow(page, 'again.png').getByText('In the feed').waitFor({ timeout: 90_000 })
  expect(after.stored).toEqual(['2'])
  expect(slept.refused).toBe(1)
  await tilesBy(page, 'Ines').first().locator('img').waitFor()
  expect(renewals).toBe(0)
  expect(await tilesBy(page, 'Ines').count()).toBe(1)
})

/** What S3 has under a key is the file, byte for byte. */
async function expectStored(key: string, path: string): Promise<void> {
  const object = journey.stack.s3.findObject(buckets.incoming, key)
  if (object === null) throw new Error(`nothing under ${key}`)
  const chunks: Buffer[] = []
  for await (const bytes of readPieces(object.open())) chunks.push(Buffer.from(bytes))
  expect(Buffer.concat(chunks).equals(await readFile(path))).toBe(true)
}

const isFrom = (first: number) => (url: URL) => Number(url.searchParams.get('partNumber') ?? 0) >= first

test('a browser that is killed in the middle of 48 MB goes on with the missing parts, and every byte is right', async () => {
  const path = await writeNoise('killed.png', 4090)
  const profile = join(folder, 'profile')
  const first = await launchProfile(profile)
  onTestFinished(first.kill)
  const person = await journey.enterAs(first.page, 'Jorun')
  const before = watchParts(first.page)
  await first.page.route(isFrom(4), () => undefined)
  await choosePathNatively(first.page, path)
  await pollUntil(() => before.stored.length === 3, { timeoutMs: 60_000, what: 'the first three parts' })
  first.kill()

  const second = await launchProfile(profile)
  try {
    const { page } = second
    await page.goto(`${journey.stack.siteOrigin}/sign-in`)
    // The browser may have been killed before it wrote the session down.
    const email = page.getByLabel('Email')
    await email.or(page.getByRole('heading', { name: 'Feed', exact: true })).waitFor()
    if (await email.isVisible()) {
      await email.fill(person.email)
      await page.getByLabel('Password', { exact: true }).fill(person.password)
      await page.getByRole('button', { name: 'Sign in' }).click()
    }
    await page.getByRole('heading', { name: 'Feed', exact: true }).waitFor()
    // The browser may have been killed before it wrote the last part down.
    await page.getByText(/killed\.png did not finish\. (8|16|24) MB of 48 MB have arrived/).waitFor()
    await page.getByRole('button', { name: 'My uploads' }).click()
    await page.getByText('24 MB of 48 MB have arrived and need not be sent again').waitFor()
    await page.goto(journey.stack.siteOrigin)
    await page.getByRole('heading', { name: 'Feed', exact: true }).waitFor()
    const after = watchParts(page)
    await choosePathNatively(page, path)
    await uploadRow(page, 'killed.png').getByText('In the feed').waitFor({ timeout: 90_000 })
    expect(after.sent.toSorted()).toEqual(['4', '5', '6'])
    expect(after.key).toBe(before.key)
    await expectStored(after.key, path)
  } finally {
    second.kill()
  }
})

test('a network that fails, answers 503 and goes away in between loses nothing and sends no part twice', async () => {
  const page = await journey.openPage()
  await journey.enterAs(page, 'Kaja')
  const path = await writeNoise('rough.png')
  const parts = watchParts(page)
  const seen = new Set<string>()
  await page.route(isFrom(1), async (route) => {
    const part = partOf(route.request()) ?? ''
    if (route.request().method() !== 'PUT' || seen.has(part)) return route.continue()
    seen.add(part)
    if (part === '1') return route.fulfill({ status: 503, headers: { 'access-control-allow-origin': '*' } })
    if (part === '2') return route.abort('connectionreset')
    // The third is under way when the network goes; it comes back once the page has noticed.
    await page.context().setOffline(true)
    await route.abort('internetdisconnected')
    await page.getByText('Offline. Sending goes on when you are back.').waitFor()
    await page.context().setOffline(false)
  })
  await choosePath(page, path)
  await uploadRow(page, 'rough.png').getByText('In the feed').waitFor({ timeout: 90_000 })
  expect(parts.stored.toSorted()).toEqual(['1', '2', '3'])
  await expectStored(parts.key, path)
})

test('a pause stops the sending, and going on sends only what is missing', async () => {
  const page = await journey.openPage()
  await journey.enterAs(page, 'Liv')
  const path = await writeNoise('pause.png')
  const parts = watchParts(page)
  let isStuck = true
  await page.route(isFrom(3), (route) => {
    if (!isStuck || route.request().method() !== 'PUT') return route.continue()
  })
  await choosePath(page, path)
  await pollUntil(() => parts.stored.length === 2, { timeoutMs: 60_000, what: 'the first two parts' })
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await page.getByText('Paused. What has arrived stays.').waitFor()
  isStuck = false
  const sentBefore = parts.sent.length
  await page.getByRole('button', { name: 'Resume', exact: true }).click()
  await uploadRow(page, 'pause.png').getByText('In the feed').waitFor({ timeout: 90_000 })
  expect(parts.sent.slice(sentBefore)).toEqual(['3'])
  await expectStored(parts.key, path)
})

test('the same file chosen in two tabs at once is sent once, and both say where it is', async () => {
  const page = await journey.openPage()
  await journey.enterAs(page, 'Mika')
  const tabs = [page, await page.context().newPage()]
  await tabs[1]?.goto(journey.stack.siteOrigin)
  const rows = tabs.map((tab) => uploadRow(tab, 'twice.png'))
  // Nobody has an answer before both have the file.
  await page.context().route('**/api/trpc/uploads.begin*', async (route) => {
    await Promise.all(rows.map((row) => row.waitFor()))
    await route.continue()
  })
  const path = await writeNoise('twice.png')
  const parts = tabs.map(watchParts)
  await Promise.all(tabs.map((tab) => choosePath(tab, path)))
  for (const row of rows) await row.getByText('In the feed').waitFor({ timeout: 60_000 })
  expect(parts.flatMap(({ sent }) => sent).toSorted()).toEqual(['1', '2', '3'])
  await expectStored(parts.find(({ key }) => key !== '')?.key ?? '', path)
  await page.reload()
  await tilesBy(page, 'Mika').first().waitFor()
  expect(await tilesBy(page, 'Mika').count()).toBe(1)
})
