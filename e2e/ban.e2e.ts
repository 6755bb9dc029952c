// Somebody is warned, then banned at the desk: they read the warning, find the door shut with its reason, and appeal
// without a session; another moderator lets them in again.
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseRows } from '@shoebox/testing/database-rows.ts'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { chooseFiles, startJourney, tilesBy, uploadRow, type Journey, type Person } from './journey.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey?.stop())

const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
  colorScheme: 'dark',
}
const go = (page: Page, path: string) => page.goto(journey.stack.siteOrigin + path)

async function makeModerators(...people: readonly Person[]): Promise<void> {
  const { db, end } = databaseRows(journey.stack.postgres.url, new Date())
  await db.$client.query(`update users set role = 'moderator' where email = any($1)`, [
    people.map(({ email }) => email),
  ])
  await end()
}

async function openDesk(page: Page, { email }: Person, path: string): Promise<void> {
  await go(page, path)
  await page.getByRole('button', { name: 'Send the code' }).click()
  await page.getByLabel('Six-digit code').fill(await journey.readCode(email))
}

async function signIn(page: Page, { email, password }: Person): Promise<void> {
  await go(page, '/sign-in')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function expectFits(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
    await page.evaluate(() => innerWidth),
  )
}

test('warned, banned, told why, heard, and let in again', async () => {
  const [ann, mo, pat] = [
    await journey.openPage('/', phone),
    await journey.openPage(),
    await journey.openPage('/', phone),
  ]
  const member = await journey.enterAs(ann, 'Ann')
  const [first, second] = [await journey.enterAs(mo, 'Mo'), await journey.enterAs(pat, 'Pat')]
  await makeModerators(first, second)
  const buffer = await (await openScene(900, 600)).jpeg().toBuffer()
  await chooseFiles(ann, [{ name: 'lake.jpg', mimeType: 'image/jpeg', buffer }])
  await uploadRow(ann, 'lake.jpg').locator('xpath=self::*[@data-state="ready"]').waitFor()

  await openDesk(mo, first, '/desk/people')
  await mo.getByText('Nobody is banned').waitFor()
  await mo.getByLabel('Address or id of an account').fill(member.email)
  await mo.getByRole('button', { name: 'Find' }).click()
  const person = mo.getByRole('article', { name: 'Ann' })
  await person.getByRole('button', { name: 'Warn' }).click()
  await mo.getByRole('dialog', { name: 'Warn Ann?' }).getByLabel('Reason').fill('Please leave others in peace.')
  await expectFits(mo)
  await mo.getByRole('dialog').getByRole('button', { name: 'Warn' }).click()
  await person.getByText('Warned · not read yet').waitFor()
  await expectFits(mo)

  await go(ann, '/')
  const warning = ann.getByRole('dialog', { name: 'A moderator wrote to you' })
  await warning.getByText('Please leave others in peace.').waitFor()
  await expectFits(ann)
  await warning.getByRole('button', { name: 'I have read it' }).tap()
  await warning.waitFor({ state: 'detached' })
  await ann.reload()
  await tilesBy(ann, 'Ann').first().waitFor()
  expect(await warning.count()).toBe(0)

  await person.getByRole('button', { name: 'Ban' }).click()
  const asked = mo.getByRole('dialog', { name: 'Ban Ann?' })
  await asked.getByLabel('Reason').fill('Insults, again and again.')
  await asked.getByRole('radio', { name: '30 days' }).check()
  expect(await asked.getByRole('button', { name: 'Ban' }).isDisabled(), 'their items are asked for').toBe(true)
  await asked.getByRole('radio', { name: 'Items go out of sight' }).check()
  await expectFits(mo)
  await asked.getByRole('button', { name: 'Ban' }).click()
  await mo.getByText('Ann is banned.').waitFor()
  await mo.getByRole('list', { name: 'Banned now' }).getByText('Insults, again and again.').waitFor()
  await expectFits(mo)

  const visitor = await journey.openPage()
  // Visitors share a page of the feed for seconds.
  const isEmpty = async () => {
    await visitor.reload({ waitUntil: 'networkidle' })
    return (await tilesBy(visitor, 'Ann').count()) === 0 ? true : null
  }
  await pollUntil(isEmpty, { timeoutMs: 30_000, what: 'a feed without what is out of sight' })

  await signIn(ann, member)
  await ann.getByRole('heading', { name: 'This account is banned' }).waitFor()
  await ann.getByText('Insults, again and again.').waitFor()
  await expectFits(ann)
  await ann.getByRole('link', { name: 'Appeal' }).tap()
  expect(await ann.getByLabel('Email').inputValue()).toBe(member.email)
  await expectFits(ann)
  const mailsBefore = journey.stack.ses.mails(member.email).length
  await ann.getByRole('button', { name: 'Send the code' }).tap()
  await ann.getByLabel('What should the moderator know?').fill('It was my brother, on my phone.')
  await ann.getByLabel('Six-digit code').fill(await journey.readCode(member.email, mailsBefore))
  await expectFits(ann)
  await ann.getByRole('button', { name: 'Send the appeal' }).tap()
  await ann.getByRole('heading', { name: 'Your appeal is sent' }).waitFor()

  await mo.getByRole('link', { name: 'Appeals' }).click()
  await mo.getByText('This was your own decision').waitFor()
  await openDesk(pat, second, '/desk/appeals')
  const appeal = pat.getByRole('listitem', { name: 'Ann, against a ban' })
  await appeal.getByText('It was my brother, on my phone.').waitFor()
  await appeal.getByLabel('Your answer').fill('We believe you.')
  await expectFits(pat)
  await appeal.getByRole('button', { name: 'Grant' }).tap()
  await pat.getByText('No appeal waits').waitFor()
  await expectFits(pat)

  await pat.getByRole('link', { name: 'People' }).tap()
  await pat.getByText('Nobody is banned').waitFor()
  await pat.getByLabel('Address or id of an account').fill(member.email)
  await pat.getByRole('button', { name: 'Find' }).tap()
  await pat
    .getByRole('article', { name: 'Ann' })
    .getByText(/Was banned · Lifted/)
    .waitFor()
  await expectFits(pat)

  await signIn(ann, member)
  await tilesBy(ann, 'Ann').first().waitFor()
  expect(journey.complaints).toEqual([])
})
