// Folders of a real disk, picked and dropped: every photo in them is taken, and nothing that systems leave in between.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { startJourney, tilesBy, type Journey } from './journey.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey?.stop())

/** The first uploads of this system. */
const patience = { timeout: 60_000 }
const photos = ['one.jpg', 'lake/two.jpg', 'lake/evening/three.jpg']
const clutter = ['.DS_Store', 'lake/Thumbs.db', 'lake/.thumbnails/two.jpg']

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shoebox-folder-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [i, path] of [...photos, ...clutter].entries()) {
    await mkdir(join(folder, dirname(path)), { recursive: true })
    await writeFile(join(folder, path), await (await openScene(300 + i, 200)).jpeg().toBuffer())
  }
  return folder
}

async function expectPhotos(page: Page, name: string): Promise<void> {
  const panel = page.getByRole('region', { name: 'Uploads' })
  await panel
    .getByRole('heading', { name: `${photos.length} added` })
    .first()
    .waitFor(patience)
  const names = await panel.getByRole('listitem').getByRole('link').allTextContents()
  expect(names.toSorted()).toEqual(['one.jpg', 'three.jpg', 'two.jpg'])
  expect(await panel.getByRole('listitem').count()).toBe(photos.length)
  await tilesBy(page, name)
    .nth(photos.length - 1)
    .waitFor(patience)
}

test('a folder that is picked is taken with the folders in it, without what systems leave there', async () => {
  const page = await journey.openPage()
  await journey.enterAs(page, 'Vera')
  await page.getByRole('link', { name: 'You', exact: true }).click()
  await page.getByRole('link', { name: 'My uploads' }).click()
  const picker = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add a folder' }).click()
  await (await picker).setFiles(await makeFolder())
  await page.getByRole('link', { name: 'Feed', exact: true }).click()
  await expectPhotos(page, 'Vera')
})

test('a folder that is dropped on the page is taken as one that is picked', async () => {
  const page = await journey.openPage()
  await journey.enterAs(page, 'Wim')
  const session = await page.context().newCDPSession(page)
  const drag = { x: 400, y: 400, data: { items: [], files: [await makeFolder()], dragOperationsMask: 1 } }
  await session.send('Input.dispatchDragEvent', { ...drag, type: 'dragEnter' })
  await page.getByText('Drop to add').waitFor()
  await session.send('Input.dispatchDragEvent', { ...drag, type: 'dragOver' })
  await session.send('Input.dispatchDragEvent', { ...drag, type: 'drop' })
  await expectPhotos(page, 'Wim')
})
