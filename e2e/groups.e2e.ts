// A private gallery between people, each in a browser of their own: made, shared by an invite, filled, talked about,
// closed to those who are not in it. Phones of 360 px with touch, unless a test is about keys.
import { expect, afterAll, beforeAll, test } from 'vitest'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { readQr } from './read-qr.ts'
import { chooseFiles, fillSignUp, startJourney, tilesBy, uploadRow, type ChosenFile, type Journey } from './journey.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey?.stop())

const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }

/** No two of a test are alike in content when their widths differ. */
const photo = async (name: string, widthPx: number, heightPx = 300): Promise<ChosenFile> => ({
  name,
  mimeType: 'image/jpeg',
  buffer: await (await openScene(widthPx, heightPx)).jpeg().toBuffer(),
})

const dialog = (page: Page) => page.getByRole('dialog')
const grid = (page: Page) => page.getByRole('list', { name: 'Photos, newest first' })
const checks = (page: Page) => grid(page).getByRole('checkbox')
const toolbar = (page: Page) => page.getByRole('toolbar')
const pathOf = (page: Page) => new URL(page.url()).pathname

async function makeGroup(page: Page, name: string): Promise<string> {
  await page.goto(`${journey.stack.siteOrigin}/groups`)
  await page.getByRole('button', { name: 'New group' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Create group' }).click()
  await page.waitForURL(/\/g\/grp_/)
  await page.getByRole('heading', { name, exact: true }).waitFor()
  return pathOf(page)
}

/** Makes an invite on the group's page and gives the path of its link. */
async function invite(page: Page, groupPath: string, needsApproval = false): Promise<string> {
  await page.goto(journey.stack.siteOrigin + groupPath)
  await page.getByRole('button', { name: 'Invite' }).click()
  if (needsApproval) await page.getByRole('checkbox', { name: 'An admin approves everyone who uses it' }).check()
  await page.getByRole('button', { name: 'Make an invite' }).click()
  const code = await page.getByRole('img', { name: /^QR code that leads to/ }).screenshot()
  const link = await dialog(page).getByText('/join/').textContent()
  expect(await readQr(code)).toEqual([link])
  await dialog(page).getByRole('button', { name: 'Close' }).click()
  return new URL(link ?? '').pathname
}

async function join(page: Page, path: string): Promise<void> {
  await page.goto(journey.stack.siteOrigin + path)
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await page.waitForURL(/\/g\/grp_/)
}

async function addPhotos(page: Page, ...widths: number[]): Promise<void> {
  const files = await Promise.all(widths.map((widthPx) => photo(`${widthPx}.jpg`, widthPx)))
  // Until a group's page knows its group, it takes nothing.
  await page.getByRole('heading', { level: 1 }).waitFor()
  await chooseFiles(page, files)
  for (const { name } of files) await uploadRow(page, name).locator('xpath=self::*[@data-state="ready"]').waitFor()
}

/** The upload panel lies over the lower half of a phone. */
const closePanel = (page: Page) => page.getByRole('button', { name: 'Clear finished' }).click()

test('two phones: one makes a group, the other follows the link, signs up, and sees what is added as it comes', async () => {
  const one = await journey.openPage('/', phone)
  await journey.enterAs(one, 'Ada')
  const group = await makeGroup(one, 'Summer')
  const link = await invite(one, group)

  const two = await journey.openPage(link, phone)
  await two.getByRole('heading', { name: 'Summer' }).waitFor()
  await two.getByText('Ada invites you to').waitFor()
  await two.getByRole('link', { name: 'Sign in to join' }).click()
  await two.getByRole('link', { name: 'Create account' }).click()
  const bea = { name: 'Bea', email: 'bea@example.org', password: 'a few plain words' }
  await fillSignUp(two, bea)
  await two.getByRole('button', { name: 'Create account' }).click()
  await two.getByLabel('Six-digit code').fill(await journey.readCode(bea.email))
  await two.getByRole('button', { name: 'Join', exact: true }).click()
  await two.getByText('Nothing here yet').waitFor()
  expect(pathOf(two)).toBe(group)

  await one.goto(journey.stack.siteOrigin + group)
  await addPhotos(one, 601, 602)
  await uploadRow(one, '601.jpg').getByText('In Summer').waitFor()
  await one.getByText('2 items').first().waitFor()
  // Without a reload, and with the picture itself.
  await tilesBy(two, 'Ada').nth(1).waitFor()
  await pollUntil(() =>
    two
      .locator('li img')
      .first()
      .evaluate((image: HTMLImageElement) => image.naturalWidth > 0),
  )

  const stranger = await journey.openPage('/', phone)
  await stranger.getByRole('heading', { name: 'The box is still empty' }).waitFor()
})

test('an opened item: liked, talked about, named, stepped through, and closed where it was', async () => {
  const one = await journey.openPage('/', phone)
  await journey.enterAs(one, 'Cem')
  const group = await makeGroup(one, 'Talk')
  const link = await invite(one, group)
  await addPhotos(one, 611, 612, 613)
  const two = await journey.openPage('/', phone)
  await journey.enterAs(two, 'Dana')
  await join(two, link)

  await tilesBy(two, 'Cem').nth(1).tap()
  await dialog(two).getByRole('button', { name: /^Like/ }).tap()
  await dialog(two).getByRole('button', { name: 'Like, 1 like', pressed: true }).waitFor()
  await dialog(two).getByRole('button', { name: 'Comments, 0' }).tap()
  await dialog(two).getByLabel('Write a comment').fill('Where was that?')
  await dialog(two).getByRole('button', { name: 'Send' }).tap()
  await dialog(two).getByRole('listitem').filter({ hasText: 'Where was that?' }).waitFor()
  await dialog(two).getByRole('button', { name: 'Comments, 1' }).waitFor()
  expect(await dialog(two).getByRole('button', { name: 'Add a caption' }).count()).toBe(0)

  const opened = pathOf(two)
  await one.goto(journey.stack.siteOrigin + opened)
  await dialog(one).getByRole('button', { name: 'Like, 1 like' }).waitFor()
  await dialog(one).getByRole('button', { name: 'Comments, 1' }).tap()
  await dialog(one).getByText('Where was that?').waitFor()
  await dialog(one).getByLabel('Write a comment').fill('At the lake.')
  await one.keyboard.press('Enter')
  await dialog(one).getByRole('button', { name: 'Comments, 2' }).waitFor()
  await dialog(two).getByText('At the lake.').waitFor()
  await dialog(one).getByRole('button', { name: 'Remove the comment by Dana' }).tap()
  await dialog(one).getByRole('button', { name: 'Comments, 1' }).waitFor()

  await dialog(one).getByRole('button', { name: 'Add a caption' }).tap()
  await dialog(one).getByLabel('Caption').fill('The lake in June')
  await dialog(one).getByLabel('Description').fill('A still lake between two hills')
  await dialog(one).getByRole('button', { name: 'Save' }).tap()
  await dialog(one).getByText('The lake in June').waitFor()
  await dialog(one).getByRole('img', { name: 'A still lake between two hills' }).waitFor()

  await one.keyboard.press('ArrowRight')
  await one.waitForURL((url) => url.pathname !== opened)
  await dialog(one).getByRole('button', { name: 'Add a caption' }).waitFor()
  await dialog(one).getByRole('button', { name: 'Close' }).tap()
  await dialog(one).waitFor({ state: 'detached' })
  expect(pathOf(one)).toBe(group)
})

test('an invite with approval: asked, seen by the admin, let in', async () => {
  const one = await journey.openPage('/', phone)
  await journey.enterAs(one, 'Edda')
  const group = await makeGroup(one, 'Closed circle')
  const link = await invite(one, group, true)

  const two = await journey.openPage('/', phone)
  await journey.enterAs(two, 'Finn')
  await two.goto(journey.stack.siteOrigin + link)
  await two.getByRole('button', { name: 'Ask to join' }).click()
  await two.locator('#content').getByText('You have asked. An admin of the group will answer.').waitFor()
  await two.goto(journey.stack.siteOrigin + group)
  await two.getByText('There is no such group, or you are not in it.').waitFor()

  await one.goto(`${journey.stack.siteOrigin}${group}/people`)
  await one.getByRole('button', { name: 'Accept Finn' }).click()
  await one.getByText('Finn is in.').waitFor()
  await two.goto(`${journey.stack.siteOrigin}/groups`)
  await two.getByRole('link', { name: 'Closed circle' }).click()
  await two.getByText('Nothing here yet').waitFor()
})

test('whoever is removed is told where they stand, and a third person learns nothing', async () => {
  const one = await journey.openPage('/', phone)
  await journey.enterAs(one, 'Gil')
  const group = await makeGroup(one, 'Parting')
  const link = await invite(one, group)
  await addPhotos(one, 621)
  const two = await journey.openPage('/', phone)
  await journey.enterAs(two, 'Hana')
  await join(two, link)
  await tilesBy(two, 'Gil').first().tap()
  await dialog(two).getByRole('img', { name: 'Photo by Gil' }).waitFor()
  const opened = pathOf(two)

  const third = await journey.openPage(opened, phone)
  await third.getByRole('heading', { name: 'Groups are for members' }).waitFor()
  await journey.enterAs(third, 'Ines')
  await third.goto(journey.stack.siteOrigin + opened)
  await third.getByText('There is no such group, or you are not in it.').waitFor()

  await one.goto(`${journey.stack.siteOrigin}${group}/people`)
  await one.getByRole('button', { name: 'Remove Hana' }).click()
  await dialog(one).getByRole('button', { name: 'Remove' }).click()
  await one.getByText('Hana was removed.').waitFor()
  await two.getByText('There is no such group, or you are not in it.').waitFor()
  expect(await two.getByRole('img', { name: 'Photo by Gil' }).count()).toBe(0)
})

test('trash takes an item from everyone and puts it back, from the viewer, the gallery and the trash itself', async () => {
  const one = await journey.openPage('/', phone)
  await journey.enterAs(one, 'Jon')
  const group = await makeGroup(one, 'Second thoughts')
  await addPhotos(one, 631, 632, 633)
  await closePanel(one)
  await tilesBy(one, 'Jon').nth(2).waitFor()

  await tilesBy(one, 'Jon').first().tap()
  await dialog(one).getByRole('button', { name: 'Move to trash' }).tap()
  await dialog(one).getByText('1 item moved to the trash.').waitFor()
  await dialog(one).getByRole('button', { name: 'Undo' }).tap()
  await dialog(one).getByText('1 item back in place.').waitFor()
  await dialog(one).getByRole('button', { name: 'Close' }).tap()
  await dialog(one).waitFor({ state: 'detached' })
  await tilesBy(one, 'Jon').nth(2).waitFor()

  await tilesBy(one, 'Jon').first().tap()
  await dialog(one).getByRole('button', { name: 'Move to trash' }).tap()
  await dialog(one).getByText('1 item moved to the trash.').waitFor()
  await dialog(one).getByRole('button', { name: 'Close' }).tap()
  await dialog(one).waitFor({ state: 'detached' })
  await pollUntil(async () => (await tilesBy(one, 'Jon').count()) === 2)
  await one.getByText('2 items').first().waitFor()

  await one.getByRole('link', { name: 'Trash' }).tap()
  await one.getByRole('button', { name: /^Put back/ }).tap()
  await one.getByText('The trash is empty').waitFor()
  await one.goto(journey.stack.siteOrigin + group)
  await tilesBy(one, 'Jon').nth(2).waitFor()
})

test('the whole way by keyboard: choose, choose a range, delete, take it back', async () => {
  const page = await journey.openPage()
  await journey.enterAs(page, 'Kai')
  await makeGroup(page, 'Keys')
  await addPhotos(page, 641, 642, 643, 644)
  await tilesBy(page, 'Kai').nth(3).waitFor()
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())

  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('x')
  await toolbar(page).getByText('1 selected').waitFor()
  const [bar, head] = [await toolbar(page).boundingBox(), await page.locator('header:has(h1)').boundingBox()]
  // What can be done with a selection hides neither the group's name nor the ways to its other pages.
  expect(bar?.y).toBeGreaterThanOrEqual((head?.y ?? 0) + (head?.height ?? Infinity))
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await toolbar(page).getByText('3 selected').waitFor()
  await page.keyboard.press('s')
  await dialog(page).getByRole('button', { name: 'Pause' }).waitFor()
  const first = pathOf(page)
  await page.keyboard.press('ArrowRight')
  await page.waitForURL((url) => url.pathname !== first)
  const second = pathOf(page)
  await page.keyboard.press('ArrowRight')
  await page.waitForURL((url) => url.pathname !== second)
  await dialog(page).getByRole('button', { name: 'Next' }).waitFor({ state: 'detached' })
  // The first ends the slideshow, and the one that was not chosen is beside it again.
  await page.keyboard.press('Escape')
  await dialog(page).getByRole('button', { name: 'Next' }).waitFor()
  await page.keyboard.press('Escape')
  await dialog(page).waitFor({ state: 'detached' })
  await toolbar(page).getByText('3 selected').waitFor()
  await page.keyboard.press('Escape')
  await toolbar(page).waitFor({ state: 'detached' })
  await page.keyboard.press('Control+a')
  await toolbar(page).getByText('4 selected').waitFor()
  await page.keyboard.press('x')
  await toolbar(page).getByText('3 selected').waitFor()
  await page.keyboard.press('Delete')
  await page.getByText('3 items moved to the trash.').waitFor()
  expect(await checks(page).count()).toBe(1)
  await page.getByRole('button', { name: 'Undo' }).focus()
  await page.keyboard.press('Enter')
  await tilesBy(page, 'Kai').nth(3).waitFor()
})

test('no page complained: no script error, nothing that the content policy had to stop', () => {
  expect(journey.complaints).toEqual([])
})
