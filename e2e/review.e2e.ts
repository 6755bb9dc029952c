// The first posts of a new account: held, judged, and seen; and what was refused does not come back, neither as it was
// nor saved anew.
import type { BrowserContextOptions, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseRows } from '@shoebox/testing/database-rows.ts'
import { paintDistinct } from '@shoebox/testing/samples/distinct-pictures.ts'
import { chooseFiles, startJourney, tilesBy, uploadRow, type Journey, type Person } from './journey.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey?.stop())

const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
const go = (page: Page, path: string) => page.goto(journey.stack.siteOrigin + path)

async function makeAdministrator({ email }: Person): Promise<void> {
  const { db, end } = databaseRows(journey.stack.postgres.url, new Date())
  await db.$client.query(`update users set role = 'administrator' where email = $1`, [email])
  await end()
}

const paint = (seed: number) => paintDistinct(seed).jpeg({ quality: 90 }).toBuffer()

async function add(page: Page, name: string, buffer: Buffer, state: 'ready' | 'refused'): Promise<void> {
  await chooseFiles(page, [{ name, mimeType: 'image/jpeg', buffer }])
  await uploadRow(page, name).locator(`xpath=self::*[@data-state="${state}"]`).waitFor()
}

const card = (page: Page, at: number) =>
  page.getByRole('list', { name: 'Waiting for a review' }).locator('> li').nth(at)

test('held, judged, seen, and kept out', async () => {
  const [ada, ann, bea] = [await journey.openPage(), await journey.openPage('/', phone), await journey.openPage()]
  const administrator = await journey.enterAs(ada, 'Ada')
  await journey.enterAs(ann, 'Ann')
  await makeAdministrator(administrator)

  await go(ada, '/desk/held')
  await ada.getByRole('button', { name: 'Send the code' }).click()
  await ada.getByLabel('Six-digit code').fill(await journey.readCode(administrator.email))
  await ada.getByText('Nothing waits for a review').waitFor()
  await ada.getByRole('button', { name: 'Change' }).click()
  await ada.getByRole('button', { name: 'Add a rule' }).click()
  await ada.getByLabel('Until so many of their posts are public').fill('1')
  await ada.getByRole('button', { name: 'Save' }).click()
  await ada.getByText('Accounts younger than 7 days: until 1 post is public.').waitFor()

  const [good, bad] = [await paint(0), await paint(2)]
  await add(ann, 'hills.jpg', good, 'ready')
  await add(ann, 'face.jpg', bad, 'ready')
  await uploadRow(ann, 'face.jpg').getByText('Waits for a review').waitFor()
  await uploadRow(ann, 'face.jpg').getByRole('link').tap()
  await ann.getByRole('dialog').getByText('Waits for a review').waitFor()
  await ann.getByRole('button', { name: 'Close' }).first().tap()
  await ann.getByRole('heading', { name: 'Waiting for a review: 2' }).waitFor()
  expect(await ann.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await bea.reload()
  await bea.getByText('The box is still empty').waitFor()

  await ada.reload()
  await card(ada, 1).waitFor()
  await card(ada, 1).getByRole('button', { name: 'Refuse…' }).click()
  const sheet = ada.getByRole('dialog', { name: 'Refuse this?' })
  await sheet.getByRole('checkbox', { name: /^Keep it from coming back/ }).check()
  await sheet.getByRole('button', { name: 'Refuse and delete' }).click()
  await ada.getByText('1 item refused and deleted.').first().waitFor()
  await ada.getByRole('list', { name: 'Kept out' }).getByText('Photo').waitFor()
  await card(ada, 0).getByRole('button', { name: 'Approve' }).click()
  await ada.getByText('Nothing waits for a review').waitFor()

  // It comes to whoever looks at the feed, as if it had just been uploaded.
  await tilesBy(bea, 'Ann').first().waitFor()
  expect(await tilesBy(bea, 'Ann').count()).toBe(1)

  await add(ann, 'face again.jpg', bad, 'refused')
  await ann.getByText('Moderators removed this content before').first().waitFor()
  await add(ann, 'face saved.jpg', await sharp(bad).resize(300).flop().jpeg({ quality: 60 }).toBuffer(), 'ready')
  await uploadRow(ann, 'face saved.jpg').getByText('Waits for a review').waitFor()
  await ada.reload()
  await card(ada, 0)
    .getByText(/^Looks like something removed/)
    .waitFor()
  await ada.getByRole('button', { name: 'Let it come back' }).click()
  await ada.getByText('Nothing is kept out yet.').waitFor()

  await journey.stack.lambdas.invoke('notify', {})
  await go(ann, '/notifications')
  await ann.getByText(/looked at and can be seen now/).waitFor()
  await ann.getByText(/looked at and not published/).waitFor()
  expect(journey.complaints).toEqual([])
})
