// An account from its first code to its last word, in real browsers on the whole system.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { refusalSentences } from '../apps/web/src/words/en-refusals.ts'
import { chooseFiles, startJourney, tilesBy, uploadRow, type ChosenFile, type Journey, type Person } from './journey.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey?.stop())

const go = (page: Page, path: string) => page.goto(journey.stack.siteOrigin + path)
const passwordField = (page: Page) => page.getByLabel('Password', { exact: true })
const mailsOf = (email: string) => journey.stack.ses.mails(email)

const photo = async (name: string, widthPx: number, heightPx = 400): Promise<ChosenFile> => ({
  name,
  mimeType: 'image/jpeg',
  buffer: await (await openScene(widthPx, heightPx)).jpeg().toBuffer(),
})

async function signIn(page: Page, { email, password }: Pick<Person, 'email' | 'password'>): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await passwordField(page).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function signInByCode(page: Page, email: string): Promise<void> {
  const mailsBefore = mailsOf(email).length
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: 'Email me a code instead' }).click()
  await page.getByLabel('Six-digit code').fill(await journey.readCode(email, mailsBefore))
}

async function changePassword(page: Page, from: string, to: string): Promise<void> {
  await go(page, '/you/security')
  await page.getByRole('button', { name: 'Change password' }).click()
  await page.getByLabel('Present password').fill(from)
  await page.getByLabel('New password', { exact: true }).fill(to)
  await page.getByLabel('New password again').fill(to)
  await page.getByRole('button', { name: 'Change password' }).click()
}

test('sign up, a picture and a name, out, in by a code, a new password: and the other session is over', async () => {
  const page = await journey.openPage()
  const person = await journey.signUp(page, 'Lin')
  await page.getByRole('link', { name: 'You' }).click()

  await page.getByRole('button', { name: 'Your picture' }).click()
  await page.locator('input[data-avatar]').setInputFiles(await photo('me.jpg', 900, 600))
  await page.getByRole('application').focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('+')
  await page.getByRole('button', { name: 'Use this picture' }).click()
  await page.getByText('Your picture is set.').waitFor()
  const picture = page.getByRole('button', { name: 'Your picture' }).locator('img')
  await pollUntil(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth === image.naturalHeight))

  await page.getByRole('button', { name: 'Edit' }).click()
  await page.getByLabel('Name').fill('Lin Wei')
  await page.getByLabel('Phone').fill('0044 20 7946 0958')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Lin Wei' }).waitFor()
  await page.getByText('+442079460958').waitFor()

  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor()
  await go(page, '/you/security')
  await signInByCode(page, person.email)
  await page.getByRole('heading', { name: 'Sign-in and security' }).waitFor()

  const other = await journey.openPage('/sign-in?next=%2Fyou')
  await signIn(other, person)
  await other.getByRole('heading', { name: 'Lin Wei' }).waitFor()
  await changePassword(page, person.password, 'other plain words')
  await page.getByText('Your password is changed.').waitFor()
  await other.reload()
  await other.getByRole('heading', { name: 'Welcome back' }).waitFor()
  await signIn(other, person)
  await other.getByText(refusalSentences.wrong_credentials.sentence).waitFor()
})

test('"this was not me" takes a changed password back and leads to a new one, and works once', async () => {
  const page = await journey.openPage()
  const person = await journey.signUp(page, 'Malik')
  await changePassword(page, person.password, 'what a thief would choose')
  await page.getByText('Your password is changed.').waitFor()
  const findLink = () => /\/undo#[\w-]{43}/.exec(mailsOf(person.email)[0]?.text ?? '')?.[0] ?? null
  const link = await pollUntil(findLink, { timeoutMs: 20_000, what: 'the mail that tells of the change' })
  const owner = await journey.openPage(link)
  await owner.getByRole('button', { name: 'This was not me' }).click()
  await owner.getByRole('heading', { name: 'Reset your password' }).waitFor()
  const mailsBefore = mailsOf(person.email).length
  await owner.getByRole('button', { name: 'Send the code' }).click()
  await owner.getByLabel('New password', { exact: true }).fill('mine again, for good')
  await owner.getByLabel('New password again').fill('mine again, for good')
  await owner.getByLabel('Six-digit code').fill(await journey.readCode(person.email, mailsBefore))
  await owner.getByRole('button', { name: 'Set the password' }).click()
  await owner.getByText('Your new password is set.').waitFor()

  await page.reload()
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor()
  await go(page, link)
  await page.reload()
  await page.getByRole('button', { name: 'This was not me' }).click()
  await page.getByText(refusalSentences.link_spent.sentence).waitFor()
})

test('nobody learns from the sign-in page whether an address has an account', async () => {
  const said = async (email: string) => {
    const page = await journey.openPage('/sign-in')
    await page.getByLabel('Email').fill(email)
    await page.getByRole('button', { name: 'Email me a code instead' }).click()
    await page.getByLabel('Six-digit code').fill('000000')
    await page.getByText(refusalSentences.wrong_code.sentence).waitFor()
    return (await page.getByRole('main').innerText()).replaceAll(email, '<address>').replace(/\d+ s\b/, '<wait>')
  }
  const page = await journey.openPage()
  const { email } = await journey.signUp(page, 'Nour')
  expect(await said(email)).toBe(await said('nobody-at-all@example.org'))
})

test("a person's page shows what is theirs, opens it in place, and is a click from their photo", async () => {
  const page = await journey.openPage()
  await journey.signUp(page, 'Oksana')
  await chooseFiles(page, [await photo('a.jpg', 600), await photo('b.jpg', 300)])
  await uploadRow(page, 'a.jpg').getByText('In the feed').waitFor()
  await uploadRow(page, 'b.jpg').getByText('In the feed').waitFor()

  const stranger = await journey.openPage()
  await tilesBy(stranger, 'Oksana').first().click()
  await stranger.getByRole('dialog').waitFor()
  await stranger.keyboard.press('i')
  await stranger.getByRole('dialog').getByRole('link', { name: 'Oksana' }).click()
  await stranger.getByRole('heading', { name: 'Oksana', exact: true }).waitFor()
  const address = stranger.url()
  expect(new URL(address).pathname).toMatch(/^\/u\/usr_/)
  await tilesBy(stranger, 'Oksana').nth(1).waitFor()
  await tilesBy(stranger, 'Oksana').first().click()
  await stranger.getByRole('dialog').waitFor()
  expect(stranger.url()).toContain(`${address}/p/med_`)
  await stranger.keyboard.press('ArrowRight')
  await stranger.keyboard.press('Escape')
  await stranger.getByRole('dialog').waitFor({ state: 'detached' })
  expect(stranger.url()).toBe(address)
})

test('an account goes with its page, and the group that it owned goes to whom it was left', async () => {
  const page = await journey.openPage()
  const person = await journey.signUp(page, 'Priya')
  await go(page, '/groups')
  await page.getByRole('button', { name: 'New group' }).first().click()
  await page.getByLabel('Name').fill('Climbers')
  await page.getByRole('button', { name: 'Create group' }).click()
  await page.waitForURL(/\/g\/grp_/)
  const groupPath = new URL(page.url()).pathname
  await page.getByRole('button', { name: 'Invite' }).click()
  await page.getByRole('button', { name: 'Make an invite' }).click()
  const findInvite = async () => /\/join\/\w+/.exec(await page.getByRole('dialog').innerText())?.[0] ?? null
  const invite = await pollUntil(findInvite, { what: 'the link to join by' })
  const heir = await journey.openPage()
  await journey.signUp(heir, 'Ravi')
  await go(heir, invite)
  await heir.getByRole('button', { name: 'Join' }).click()
  await heir.getByRole('heading', { name: 'Climbers' }).waitFor()

  await go(page, '/you')
  const ownPage = await page.getByRole('link', { name: 'Your page' }).getAttribute('href')
  await go(page, '/you/data')
  await page.getByLabel('Climbers').selectOption({ label: 'Goes to Ravi' })
  await page.getByRole('button', { name: 'Delete your account' }).click()
  await passwordField(page).fill('not the password at all')
  await page.getByRole('button', { name: 'Delete for good' }).click()
  await page.getByText(refusalSentences.wrong_password.sentence).waitFor()
  await passwordField(page).fill(person.password)
  // It is carried out, and its answer gets lost.
  await page.route('**/api/trpc/account.delete*', (route) => route.fetch().then(() => route.abort()), { times: 1 })
  await page.getByRole('button', { name: 'Delete for good' }).click()
  await page.getByText('Your account is deleted.').waitFor()
  await go(page, ownPage ?? '')
  await page.getByText('There is nobody at this address.').waitFor()

  await go(heir, `${groupPath}/settings`)
  await heir.getByRole('heading', { name: 'Delete the group' }).waitFor()
})

test('terms that changed stand in the way of nothing: what was begun goes on once they are accepted', async () => {
  const page = await journey.openPage()
  await journey.signUp(page, 'Quentin')
  await go(page, '/you')
  let refusals = 0
  await page.route('**/api/trpc/account.editProfile', async (route) => {
    refusals += 1
    if (refusals > 1) return route.fallback()
    const data = { code: 'FORBIDDEN', httpStatus: 403, refusal: { code: 'terms_not_accepted' }, requestId: null }
    await route.fulfill({ status: 403, json: { error: { code: -32003, message: 'terms_not_accepted', data } } })
  })
  await page.getByRole('button', { name: 'Edit' }).click()
  await page.getByLabel('Name').fill('Quentin the Third')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Our terms have changed' }).waitFor()
  await page.getByRole('button', { name: 'Accept and go on' }).click()
  await page.getByRole('heading', { name: 'Quentin the Third' }).waitFor()
})

test('no page complained: no script error, nothing that the content policy had to stop', () => {
  expect(journey.complaints).toEqual([])
})
