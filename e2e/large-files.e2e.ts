// Files too large for one request, in a real browser on the whole system: they go up in parts, and what has arrived is
// never sent twice.
import { randomFillSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page, Request } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { startJourney, tilesBy, uploadRow, type Journey } from './journey.ts'

let journey: Journey
let folder: string
beforeAll(async () => {
  journey = await startJourney()
  folder = await mkdtemp(join(tmpdir(), 'shoebox-large-'))
})
afterAll(async () => {
  await journey?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** A picture of noise, which nothing can make smaller: about 20 MB, so three parts. On disk: its age is part of it. */
async function writeNoise(name: string): Promise<string> {
  const sidePx = 2600
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

const partOf = (request: Request): string | null =>
  request.method() === 'PUT' ? new URL(request.url()).searchParams.get('partNumber') : null

/** The numbers of the parts that the page sends from now on. */
function watchParts(page: Page): { readonly sent: string[]; readonly stored: string[] } {
  const parts = { sent: [] as string[], stored: [] as string[] }
  page.on('request', (request) => {
    const part = partOf(request)
    if (part !== null) parts.sent.push(part)
  })
  page.on('response', (response) => {
    const part = partOf(response.request())
    if (part !== null && response.ok()) parts.stored.push(part)
  })
  return parts
}

test('a photo of 20 MB goes up in parts and appears in the feed', async () => {
  const page = await journey.openPage()
  await journey.signUp(page, 'Hedda')
  const parts = watchParts(page)
  await choosePath(page, await writeNoise('wall.png'))
  await uploadRow(page, 'wall.png').getByText('In the feed').waitFor({ timeout: 90_000 })
  await tilesBy(page, 'Hedda').first().waitFor()
  expect(parts.sent.toSorted()).toEqual(['1', '2', '3'])
})

test('after a reload, the same file chosen again sends only the part that was missing', async () => {
  const page = await journey.openPage()
  await journey.signUp(page, 'Ines')
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
  await pollUntil(() => before.stored.length === 2, { what: 'the other two parts' })
  expect(before.stored.toSorted()).toEqual(['1', '3'])

  await page.reload()
  isStuck = false
  const after = watchParts(page)
  await choosePath(page, path)
  await uploadRow(page, 'again.png').getByText('In the feed').waitFor({ timeout: 90_000 })
  expect(after.sent).toEqual(['2'])
  await tilesBy(page, 'Ines').first().waitFor()
  expect(await tilesBy(page, 'Ines').count()).toBe(1)
})
