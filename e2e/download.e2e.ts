// Everything of a group, in a real browser with its service worker: what is saved is read back byte by byte, over
// connections that are cut in the middle, and after the worker was ended in the middle.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Download, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { readZip, type ZipEntry } from '@shoebox/testing/read-zip.ts'
import { replaceDelivery, type CuttingFront } from './cutting-front.ts'
import { findViolations } from './find-violations.ts'
import { chooseFiles, startJourney, uploadRow, type ChosenFile, type Journey } from './journey.ts'

let journey: Journey
let front: CuttingFront
beforeAll(async () => {
  journey = await startJourney()
  front = await replaceDelivery(journey.stack)
})
afterAll(async () => {
  await front?.stop()
  await journey?.stop()
})

/** A picture of noise, which nothing can make smaller: 3 bytes a pixel. */
async function noise(name: string, sidePx: number): Promise<ChosenFile> {
  const raw = { width: sidePx, height: sidePx, channels: 3 } as const
  const buffer = await sharp(randomBytes(sidePx * sidePx * 3), { raw })
    .png({ compressionLevel: 0 })
    .toBuffer()
  return { name, mimeType: 'image/png', buffer }
}

/** A group of somebody new with these files in it. */
async function openGroup(person: string, files: readonly ChosenFile[]): Promise<Page> {
  const page = await journey.openPage('/', { serviceWorkers: 'allow', acceptDownloads: true })
  await journey.enterAs(page, person)
  await page.goto(`${journey.stack.siteOrigin}/groups`)
  await page.getByRole('button', { name: 'New group' }).click()
  await page.getByLabel('Name').fill('Sea/side')
  await page.getByRole('button', { name: 'Create group' }).click()
  await page.getByRole('heading', { name: 'Sea/side' }).waitFor()
  await chooseFiles(page, files)
  for (const { name } of files) {
    const ready = uploadRow(page, name).locator('xpath=self::*[@data-state="ready"]')
    await ready.first().waitFor({ timeout: 60_000 })
  }
  await page.getByRole('button', { name: 'Clear finished' }).click()
  return page
}

const panel = (page: Page) => page.getByRole('region', { name: 'Downloads' })
const part = (page: Page, number = 1) =>
  panel(page)
    .getByRole('listitem')
    .filter({ hasText: `Part ${number}` })

async function downloadAll(page: Page): Promise<Download> {
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download all that is shown' }).click()
  return await saved
}

type Manifest = { isComplete: boolean; files: { name: string }[]; failed: { name: string; reason: string }[] }

async function readDownload(download: Download): Promise<{ entries: ZipEntry[]; manifest: Manifest }> {
  const entries = await readZip(await readFile(await download.path()))
  return { entries, manifest: JSON.parse(entries.at(-1)!.bytes.toString()) as Manifest }
}

const untilAll = (page: Page) =>
  panel(page).getByText('Everything is saved', { exact: true }).waitFor({ timeout: 60_000 })

test('a group is saved whole although every connection is cut, and nothing is missing', async () => {
  // Two of the same name: both are there.
  const files = [await noise('wave.png', 1600), await noise('shell.png', 200), await noise('wave.png', 300)]
  const page = await openGroup('Mira', files)
  front.cutAfterBytes = 2_000_000
  const cutsBefore = front.cuts
  const download = await downloadAll(page)
  await untilAll(page)
  front.cutAfterBytes = null
  expect(download.suggestedFilename()).toBe('Sea_side.zip')
  const { entries, manifest } = await readDownload(download)
  expect(front.cuts - cutsBefore).toBeGreaterThan(2)
  expect(entries.map(({ name }) => name).toSorted()).toEqual(
    ['manifest-1.json', 'shell.png', 'wave (2).png', 'wave.png'].toSorted(),
  )
  for (const { buffer } of files) expect(entries.some(({ bytes }) => bytes.equals(buffer))).toBe(true)
  expect(manifest).toMatchObject({ isComplete: true, failed: [] })
  expect(await findViolations(page)).toEqual([])
  expect(journey.complaints).toEqual([])
})

test('a part whose worker was ended starts again alone, also after a reload', async () => {
  const files = [await noise('long.png', 1800), await noise('short.png', 100)]
  const page = await openGroup('Nils', files)
  page.on('dialog', (dialog) => void dialog.accept())
  // So slow that there is time to end it midway.
  front.cutAfterBytes = 100_000
  const broken = await downloadAll(page)
  await part(page).getByRole('button', { name: 'Pause Part 1' }).click()
  await page.goto(`${journey.stack.siteOrigin}/groups`)
  await part(page).waitFor()
  const session = await page.context().newCDPSession(page)
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
  await part(page).getByText('Broke off').waitFor()
  expect(await broken.failure()).not.toBeNull()
  front.cutAfterBytes = null
  const saved = page.waitForEvent('download')
  await part(page).getByRole('button', { name: 'Start Part 1 again' }).click()
  await untilAll(page)
  const { entries } = await readDownload(await saved)
  expect(entries.find(({ name }) => name === 'long.png')?.bytes.equals(files[0]!.buffer)).toBe(true)
})

test('a file that is gone is named on the screen and in the zip', async () => {
  const files = [await noise('kept.png', 120), await noise('lost.png', 130)]
  const page = await openGroup('Oona', files)
  const lost = files[1]!.buffer.length
  // Away from storage while the database still lists it.
  const { findObject } = journey.stack.s3
  await front.stop()
  front = await replaceDelivery(
    { ...journey.stack, delivery: { ...journey.stack.delivery, stop: async () => undefined } },
    (bucket, key) => {
      const object = findObject(bucket, key)
      return object?.size === lost ? null : object
    },
  )
  const { entries, manifest } = await readDownload(await downloadAll(page))
  await panel(page).getByText('Saved, but 1 missing').waitFor()
  await part(page).getByText('1 file is missing').click()
  await part(page).getByText('lost.png').waitFor()
  await part(page).getByText('It was removed, or you lost access to it.').waitFor()
  expect(entries.map(({ name }) => name)).toEqual(['kept.png', 'manifest-1.json'])
  expect(manifest).toMatchObject({ isComplete: false, failed: [{ name: 'lost.png', reason: 'gone' }] })
  expect(await findViolations(page)).toEqual([])
})

test('two chosen items are one zip, and one chosen item is the file itself', async () => {
  const files = [await noise('a.png', 140), await noise('b.png', 141), await noise('c.png', 142)]
  const page = await openGroup('Rosa', files)
  const checks = page.getByRole('list', { name: 'Photos, newest first' }).getByRole('checkbox')
  const saveChosen = async (count: number) => {
    for (let i = 0; i < count; i += 1) await checks.nth(i).press('Space')
    const saved = page.waitForEvent('download')
    await page.getByRole('toolbar').getByRole('button', { name: 'Download', exact: true }).click()
    return await saved
  }
  const single = await readFile(await (await saveChosen(1)).path())
  expect(files.some(({ buffer }) => buffer.equals(single))).toBe(true)
  const { entries, manifest } = await readDownload(await saveChosen(2))
  expect(entries.length).toBe(3)
  expect(manifest).toMatchObject({ isComplete: true })
})

test('everything of one’s own comes with the file of one’s data', async () => {
  const files = [await noise('mine.png', 150)]
  const page = await openGroup('Sami', files)
  await page.goto(`${journey.stack.siteOrigin}/you/data`)
  await page.getByRole('button', { name: 'Ask for a copy' }).click()
  await page.locator('#content').getByText('Your copy is being made').waitFor()
  await pollUntil(
    async () => {
      await journey.stack.lambdas.invoke('accounts', {})
      await page.reload()
      const button = page.getByRole('button', { name: 'Download it with all originals' })
      return await button.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      )
    },
    { timeoutMs: 60_000, everyMs: 1000, what: 'the export' },
  )
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download it with all originals' }).click()
  const { entries, manifest } = await readDownload(await saved)
  expect(entries.map(({ name }) => name)).toEqual(['your-data.json', 'mine.png', 'manifest-1.json'])
  expect(JSON.parse(entries[0]!.bytes.toString())).toMatchObject({ account: { name: 'Sami' } })
  expect(entries[1]!.bytes.equals(files[0]!.buffer)).toBe(true)
  expect(manifest).toMatchObject({ isComplete: true })
})

test('signing out leaves no trace of what was downloaded', async () => {
  const page = await openGroup('Pia', [await noise('one.png', 110)])
  await downloadAll(page)
  await untilAll(page)
  await page.goto(`${journey.stack.siteOrigin}/you`)
  await panel(page).waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await pollUntil(async () => ((await keptParts(page)) === 0 ? true : null), {
    timeoutMs: 10_000,
    what: 'no parts kept',
  })
})

const keptParts = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open('shoebox-downloads', 1)
        opening.addEventListener('success', () => {
          const count = opening.result.transaction('parts').objectStore('parts').count()
          count.addEventListener('success', () => {
            opening.result.close()
            resolve(count.result)
          })
        })
      }),
  )
