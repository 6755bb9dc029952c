// Two people of one group, one of whom does not want to meet the other any more: gone for both, everywhere at once, and
// back where it was when that is taken back.
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { chooseFiles, startJourney, tilesBy, uploadRow, type Journey } from './journey.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey?.stop())

const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
const go = (page: Page, path: string) => page.goto(journey.stack.siteOrigin + path)
const nameOf = (page: Page, name: string) => page.getByText(name, { exact: true })

async function add(page: Page, widthPx: number): Promise<void> {
  const name = `${widthPx}.jpg`
  const buffer = await (await openScene(widthPx, 300)).jpeg().toBuffer()
  await chooseFiles(page, [{ name, mimeType: 'image/jpeg', buffer }])
  await uploadRow(page, name).locator('xpath=self::*[@data-state="ready"]').waitFor()
}

/** Makes a group and answers where it is and where its invite leads. */
async function makeGroup(page: Page): Promise<{ group: string; invite: string }> {
  await go(page, '/groups')
  await page.getByRole('button', { name: 'New group' }).click()
  await page.getByLabel('Name').fill('Summer')
  await page.getByRole('button', { name: 'Create group' }).click()
  await page.getByRole('heading', { name: 'Summer', exact: true }).waitFor()
  const group = new URL(page.url()).pathname
  await page.getByRole('button', { name: 'Invite' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make an invite' }).click()
  await page.getByRole('img', { name: /^QR code that leads to/ }).waitFor()
  const link = (await page.getByRole('dialog').getByText('/join/').textContent()) ?? ''
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  return { group, invite: new URL(link).pathname }
}

async function join(page: Page, invite: string): Promise<void> {
  await go(page, invite)
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await page.waitForURL(/\/g\/grp_/)
}

test('block, gone for both, and back', async () => {
  const owner = await journey.openPage()
  await journey.enterAs(owner, 'Olga')
  const { group, invite } = await makeGroup(owner)
  const [ann, bob] = [await journey.openPage('/', phone), await journey.openPage()]
  await Promise.all([journey.enterAs(ann, 'Ann'), journey.enterAs(bob, 'Bob')])
  await add(bob, 701)
  await join(bob, invite)
  await join(ann, invite)

  // Both show in the feed, and in the list of members.
  await go(bob, `${group}/people`)
  await nameOf(bob, 'Ann').waitFor()
  await go(ann, '/')
  await tilesBy(ann, 'Bob').first().waitFor()
  await tilesBy(ann, 'Bob').first().tap()
  await ann.waitForURL(/\/p\/med_/)
  const item = new URL(ann.url()).pathname
  await ann.getByRole('button', { name: 'What you can do about Bob' }).tap()
  await ann.getByRole('button', { name: 'Block', exact: true }).tap()
  await ann.getByRole('heading', { name: 'Block Bob?' }).waitFor()
  await ann.getByRole('button', { name: 'Block', exact: true }).tap()

  // The picture closes by itself and is off the list without a reload; the toast takes it back.
  await ann.getByText('Bob is blocked.').waitFor()
  await ann.waitForURL((url) => url.pathname === '/')
  await tilesBy(ann, 'Bob').waitFor({ state: 'detached' })
  await ann.getByRole('button', { name: 'Undo' }).tap()
  await tilesBy(ann, 'Bob').first().waitFor()
  await go(ann, `${group}/people`)
  await ann.getByRole('button', { name: 'What you can do about Bob' }).tap()
  await ann.getByRole('button', { name: 'Block', exact: true }).tap()
  await ann.getByRole('button', { name: 'Block', exact: true }).tap()
  await nameOf(ann, 'Bob').waitFor({ state: 'detached' })
  await nameOf(ann, 'Olga').waitFor()
  await go(ann, item)
  await ann.getByText('This photo is not here, or no longer here.').waitFor()

  // The other way round, with nothing said about it.
  await go(bob, `${group}/people`)
  await nameOf(bob, 'Olga').waitFor()
  expect(await nameOf(bob, 'Ann').count()).toBe(0)
  await go(bob, '/you/blocked')
  await bob.getByText('Nobody is blocked').waitFor()

  await go(ann, '/you/blocked')
  await ann.getByRole('button', { name: 'Unblock Bob' }).waitFor()
  expect(await ann.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await ann.getByRole('button', { name: 'Unblock Bob' }).tap()
  await ann.getByText('Nobody is blocked').waitFor()
  await go(ann, '/')
  await tilesBy(ann, 'Bob').first().waitFor()
  await go(bob, `${group}/people`)
  await nameOf(bob, 'Ann').waitFor()
  expect(journey.complaints).toEqual([])
})
