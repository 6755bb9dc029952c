// How the system is, as a stranger sees it and as an administrator does: once all is well, and once a file of our own did
// not arrive.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseRows } from '@shoebox/testing/database-rows.ts'
import { startJourney, type Journey } from './journey.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey?.stop())

const phone = { width: 360, height: 740 }
const patience = { timeout: 20_000, interval: 500 }

async function query(statement: string): Promise<void> {
  const { db, end } = databaseRows(journey.stack.postgres.url, new Date())
  await db.$client.query(statement)
  await end()
}

/** What is answered is a few seconds old at most, so the page is opened until it says so. */
async function waitFor(page: Page, text: string): Promise<void> {
  const isThere = async () => {
    await page.reload()
    await page.getByRole('heading').first().waitFor()
    return page.getByText(text).first().isVisible()
  }
  await expect.poll(isThere, patience).toBe(true)
}

async function expectFits(page: Page): Promise<void> {
  await page.setViewportSize(phone)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width)
}

test('a stranger reads which parts work, an administrator what needs somebody', async () => {
  const admin = await journey.openPage()
  const { email } = await journey.enterAs(admin, 'Ada')
  await query(`update users set role = 'administrator' where email = '${email}'`)
  await query(`update sessions set stepped_up_until = now() + interval '10 minutes'`)
  for (const task of ['canary', 'observe', 'reconcile'] as const) {
    await journey.stack.lambdas.invoke(task, task === 'reconcile' ? { begin: 'report' } : {})
  }

  const stranger = await journey.openPage('/health')
  await waitFor(stranger, 'Everything works')
  await stranger.getByText(/went the whole way .*, and arrived/).waitFor()
  await admin.goto(`${journey.stack.siteOrigin}/desk/system`)
  await admin.getByRole('heading', { name: 'Nothing needs anybody' }).waitFor()
  await admin.getByRole('row', { name: /^uploads 0 0 – 0$/ }).waitFor()

  await query(`update rounds set is_ok = false,
    report = jsonb_set(jsonb_set(report, '{1,isOk}', 'false'), '{1,trouble}', '"was not inspected in time"')
    where task = 'canary'`)
  await waitFor(stranger, 'Some of Shoebox does not work')
  expect(await stranger.getByRole('listitem').filter({ hasText: 'Videos' }).innerText()).toContain('does not work')
  expect(await stranger.getByRole('main').innerText()).not.toContain('inspected')
  await expectFits(stranger)
  await waitFor(admin, 'The last round of “canary” failed.')
  await admin.getByText('was not inspected in time').waitFor()
  await expectFits(admin)
  expect(journey.complaints).toEqual([])
})
