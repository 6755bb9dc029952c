// What becomes of files that are added: their receipts on "My uploads", and small files that a reload interrupts.
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createApiClient } from '@shoebox/testing/api-client.ts'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { stayInDay } from '@shoebox/testing/stay-in-window.ts'
import { chooseFiles, startJourney, tilesBy, uploadRow, type ChosenFile, type Journey } from './journey.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey?.stop())

const photo = async (name: string, widthPx: number): Promise<ChosenFile> => ({
  name,
  mimeType: 'image/jpeg',
  buffer: await (await openScene(widthPx, 300)).jpeg().toBuffer(),
})
const isUpload = (url: URL) => url.searchParams.has('X-Amz-Signature')

test('every file leaves a receipt: what it is, what became of it, why, and a way to the item', async () => {
  const page = await journey.openPage()
  await journey.enterAs(page, 'Mona')
  await page.getByRole('link', { name: 'You' }).click()
  await page.getByRole('link', { name: 'My uploads' }).click()
  await page.getByText('Nothing added yet').waitFor()

  const renamed = { ...(await photo('renamed.png', 420)), mimeType: 'image/png' }
  const program = { name: 'program.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('MZ this program cannot be run') }
  await chooseFiles(page, [await photo('good.jpg', 400), renamed, program])
  const row = (name: string) => page.getByRole('main').locator('li[data-state]').filter({ hasText: name }).last()
  await row('good.jpg').getByText('Receipt').waitFor()
  await row('renamed.png').getByText('Announced as PNG; it is really JPEG, and is kept as that.').waitFor()
  await row('program.jpg').getByText('Receipt').click()
  const receipt = await row('program.jpg').locator('dl').textContent()
  expect(receipt).toContain('29 bytes')
  expect(receipt).toMatch(/med_[0-9a-f-]{36}/)

  await page.getByRole('button', { name: 'Added 2' }).click()
  expect(await page.locator('li[data-state=refused]').filter({ hasText: 'Receipt' }).count()).toBe(0)
  await row('good.jpg').getByRole('link', { name: 'good.jpg' }).click()
  await page.getByRole('dialog').waitFor()
})

test('a duplicate is pointed out before it is sent, leads to the item, and can be added anyway', async () => {
  const page = await journey.openPage()
  await journey.enterAs(page, 'Nils')
  const twice = await photo('twice.jpg', 440)
  await chooseFiles(page, [twice])
  await uploadRow(page, 'twice.jpg').getByText('In the feed').waitFor()
  let putCount = 0
  page.on('request', (request) => {
    if (request.method() === 'PUT' && isUpload(new URL(request.url()))) putCount += 1
  })
  await chooseFiles(page, [{ ...twice, name: 'again.jpg' }])
  const row = uploadRow(page, 'again.jpg')
  await row.getByText('Refused').waitFor()
  expect(putCount).toBe(0)
  const existing = await uploadRow(page, 'twice.jpg').getByRole('link').getAttribute('href')
  expect(await row.getByRole('link').getAttribute('href')).toBe(existing)
  await row.getByRole('button', { name: 'Add again.jpg anyway' }).click()
  await row.getByText('In the feed').waitFor()
  await tilesBy(page, 'Nils').nth(1).waitFor()
})

/** Files that differ, of nothing but zeros: they never get to be looked at. */
async function writeFiles(count: number, bytes: number): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'shoebox-many-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const paths = Array.from({ length: count }, (_, i) => join(folder, `${i + 1}.jpg`))
  for (const [i, path] of paths.entries()) {
    const file = await open(path, 'w')
    await file.write(`${i}`)
    await file.truncate(bytes)
    await file.close()
  }
  return paths
}

test('of twelve photos the one that does not fit into the day is named before the first has gone out, and fits later', async () => {
  await stayInDay()
  const page = await journey.openPage()
  await journey.enterAs(page, 'Rike')
  const told: string[] = []
  page.on('response', (response) => {
    if (response.url().includes('uploads.begin')) told.push('answer')
  })
  await page.route(isUpload, (route) => {
    if (route.request().method() !== 'PUT') return route.continue()
    told.push('byte')
  })
  const picker = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add photos' }).first().click()
  // 108 MB of the 100 that a day takes, in two calls.
  await (await picker).setFiles(await writeFiles(12, 9 * 2 ** 20))
  await page.getByRole('heading', { name: '1 of 12 didn’t fit in the daily quota' }).waitFor()
  await uploadRow(page, '12.jpg').getByText('Refused').waitFor()
  await expect.poll(() => told.slice(0, 3)).toEqual(['answer', 'answer', 'byte'])
  // Another one makes room for it.
  await page.getByRole('button', { name: 'Cancel 1.jpg' }).click()
  await page.getByRole('button', { name: 'Retry 12.jpg' }).click()
  await page.getByRole('button', { name: 'Show all' }).click()
  await uploadRow(page, '12.jpg').getByText('Reserved').waitFor()
})

test('a small file that a reload interrupts is one upload: chosen again it goes on, or it can be cancelled', async () => {
  const page = await journey.openPage()
  await journey.enterAs(page, 'Oda')
  page.on('dialog', (dialog) => void dialog.accept())
  let isStuck = true
  await page.route(isUpload, (route) => {
    if (!isStuck || route.request().method() !== 'PUT') return route.continue()
  })
  const goesOn = await photo('goes-on.jpg', 460)
  await chooseFiles(page, [goesOn, await photo('given-up.jpg', 480)])
  await uploadRow(page, 'given-up.jpg').getByText('Sending').waitFor()
  await page.goto(`${journey.stack.siteOrigin}/you/uploads`)
  const row = (name: string) => page.getByRole('main').locator('li[data-state]').filter({ hasText: name }).last()
  await row('goes-on.jpg')
    .getByText(/^Not finished\s·/)
    .waitFor()
  await row('given-up.jpg').getByRole('button', { name: 'Cancel' }).click()
  await row('given-up.jpg')
    .getByText(/^Cancelled\s·/)
    .waitFor()

  isStuck = false
  const picker = page.waitForEvent('filechooser')
  await row('goes-on.jpg').getByRole('button', { name: 'Choose the file' }).click()
  await (await picker).setFiles([goesOn])
  await page.getByRole('heading', { name: '1 added', exact: true }).first().waitFor()
  // The row of this visit says so too, and a moment before it makes room for the one in the history.
  const receipts = page.locator('li').filter({ hasText: 'Receipt' }).filter({ hasText: 'goes-on.jpg' })
  await receipts.getByText(/^In the feed\s·/).waitFor()
  expect(await receipts.count()).toBe(1)
})

test('what was meant for a group goes there after a reload too, wherever it is chosen again, and never to the feed', async () => {
  const page = await journey.openPage()
  await journey.enterAs(page, 'Quinn')
  page.on('dialog', (dialog) => void dialog.accept())
  await page.goto(`${journey.stack.siteOrigin}/groups`)
  await page.getByRole('button', { name: 'New group' }).click()
  await page.getByLabel('Name').fill('Quiet room')
  await page.getByRole('button', { name: 'Create group' }).click()
  await page.getByRole('heading', { name: 'Quiet room', exact: true }).waitFor()
  let isStuck = true
  await page.route(isUpload, (route) => {
    if (!isStuck || route.request().method() !== 'PUT') return route.continue()
  })
  const secret = await photo('secret.jpg', 540)
  await chooseFiles(page, [secret])
  await uploadRow(page, 'secret.jpg').getByText('Sending').waitFor()

  await page.goto(`${journey.stack.siteOrigin}/you/uploads`)
  const row = page.getByRole('main').locator('li[data-state]').filter({ hasText: 'secret.jpg' }).last()
  isStuck = false
  const picker = page.waitForEvent('filechooser')
  await row.getByRole('button', { name: 'Choose the file' }).click()
  await (await picker).setFiles([secret])
  await row.getByText(/^In Quiet room\s·/).waitFor()
  await row.getByRole('link', { name: 'secret.jpg' }).click()
  await page.waitForURL(/\/g\/grp_[^/]+\/p\/med_/)
  await page.goto(journey.stack.siteOrigin)
  await page.getByRole('heading', { name: 'Feed', exact: true }).waitFor()
  expect(await tilesBy(page, 'Quinn').count()).toBe(0)
  const { items } = await createApiClient(journey.stack.siteOrigin).api.feed.page.query({})
  expect(items.filter(({ owner }) => owner.name === 'Quinn')).toEqual([])
})

test('the page warns of leaving only while a file would be lost', async () => {
  const page = await journey.openPage()
  await journey.enterAs(page, 'Per')
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.accept()
  })
  await chooseFiles(page, [await photo('safe.jpg', 500)])
  await uploadRow(page, 'safe.jpg').getByText('In the feed').waitFor()
  await page.reload()
  expect(asked).toEqual([])
  await page.route(isUpload, (route) => (route.request().method() === 'PUT' ? undefined : route.continue()))
  await chooseFiles(page, [await photo('unsafe.jpg', 520)])
  await uploadRow(page, 'unsafe.jpg').getByText('Sending').waitFor()
  await page.reload()
  expect(asked).toEqual(['beforeunload'])
})
