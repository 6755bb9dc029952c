// A picture that somebody reports, and what becomes of it: its owner deletes the account, and the evidence is still there
// for the moderator, who decides; whoever reported it is told.
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseRows } from '@shoebox/testing/database-rows.ts'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { chooseFiles, startJourney, tilesBy, uploadRow, type Journey, type Person } from './journey.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey?.stop())

const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
const go = (page: Page, path: string) => page.goto(journey.stack.siteOrigin + path)

async function makeModerator({ email }: Person): Promise<void> {
  const { db, end } = databaseRows(journey.stack.postgres.url, new Date())
  await db.$client.query(`update users set role = 'moderator' where email = $1`, [email])
  await end()
}

async function report(page: Page, reason: string, note: string): Promise<void> {
  const menu = page.getByRole('dialog').last()
  await menu.getByRole('button', { name: 'Report this item' }).click()
  const sheet = page.getByRole('dialog', { name: /^Report an item of/ })
  await sheet.getByRole('radio', { name: reason }).check()
  await sheet.getByLabel('What should they know?').fill(note)
  await sheet.getByRole('button', { name: 'Report', exact: true }).click()
  await page.getByText('Thank you. We tell you what came of it.').first().waitFor()
}

test('reported, deleted by its owner, judged by its evidence, and told', async () => {
  const [ann, bea, mo] = [await journey.openPage(), await journey.openPage('/', phone), await journey.openPage()]
  const owner = await journey.enterAs(ann, 'Ann')
  await journey.enterAs(bea, 'Bea')
  const moderator = await journey.enterAs(mo, 'Mo')
  await makeModerator(moderator)
  const buffer = await (await openScene(900, 600)).jpeg().toBuffer()
  await chooseFiles(ann, [{ name: 'lake.jpg', mimeType: 'image/jpeg', buffer }])
  await uploadRow(ann, 'lake.jpg').locator('xpath=self::*[@data-state="ready"]').waitFor()

  // From a phone, while the picture is open.
  await bea.reload()
  await tilesBy(bea, 'Ann').first().tap()
  await bea.getByRole('button', { name: 'What you can do about Ann' }).tap()
  await report(bea, 'Harassment or bullying', 'This is my garden')
  expect(await bea.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)

  // Its owner leaves nothing behind.
  await go(ann, '/you/data')
  await ann.getByRole('button', { name: 'Delete your account' }).click()
  await ann.getByLabel('Password', { exact: true }).fill(owner.password)
  await ann.getByRole('button', { name: 'Delete for good' }).click()
  await ann.getByText('Your account is deleted.').waitFor()
  await journey.stack.lambdas.invoke('purge', {})

  await go(mo, '/you')
  await mo.getByRole('link', { name: /^Desk/ }).click()
  await mo.getByRole('button', { name: 'Send the code' }).click()
  await mo.getByLabel('Six-digit code').fill(await journey.readCode(moderator.email))
  const queue = mo.getByRole('list', { name: 'Cases' })
  await queue.getByRole('button', { name: /^Item of Ann in public.*1 report/s }).waitFor()
  await mo.keyboard.press('j')
  const opened = mo.getByRole('article', { name: 'Item of Ann' })
  const picture = opened.getByRole('img', { name: 'As it was reported: Item of Ann' })
  await picture.waitFor()
  await mo.waitForFunction(
    (image) => image instanceof HTMLImageElement && image.naturalWidth > 0,
    await picture.elementHandle(),
  )
  await opened.getByText('This is my garden').waitFor()
  await opened.getByText('the account is gone').waitFor()

  await mo.keyboard.press('Delete')
  await mo.getByRole('dialog', { name: 'Remove this for good?' }).getByRole('button', { name: 'Remove' }).click()
  await mo.getByText('Nothing waits').waitFor()
  await mo.getByRole('button', { name: 'Decided' }).click()
  await queue.getByText('Removed', { exact: true }).waitFor()

  await journey.stack.lambdas.invoke('notify', {})
  await go(bea, '/notifications')
  await bea.getByText('Thank you: we looked at what you reported and did something about it').waitFor()
  expect(journey.complaints).toEqual([])
})
