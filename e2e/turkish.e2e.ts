// A phone that asks for Turkish: on no screen of the usual way is a sentence left in English. Names of buttons and
// fields are taken from the dictionary itself, so this file names no word of either language.
import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseRows } from '@shoebox/testing/database-rows.ts'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { trAccount } from '../apps/web/src/words/tr-account.ts'
import { trCamera } from '../apps/web/src/words/tr-camera.ts'
import { trDesk } from '../apps/web/src/words/tr-desk.ts'
import { trGroups } from '../apps/web/src/words/tr-groups.ts'
import { trHistory } from '../apps/web/src/words/tr-history.ts'
import { trMain } from '../apps/web/src/words/tr-main.ts'
import { trReport } from '../apps/web/src/words/tr-report.ts'
import { trSafety } from '../apps/web/src/words/tr-safety.ts'
import { trShare } from '../apps/web/src/words/tr-share.ts'
import { trTerms } from '../apps/web/src/words/tr-terms.ts'
import { trUpload } from '../apps/web/src/words/tr-upload.ts'
import { trViewer } from '../apps/web/src/words/tr-viewer.ts'
import { chooseFiles, startJourney, uploadRow, type Journey } from './journey.ts'

let journey: Journey
let onlyEnglish: ReadonlySet<string>
const tr = {
  account: trAccount,
  camera: trCamera,
  desk: trDesk,
  groups: trGroups,
  history: trHistory,
  main: trMain,
  report: trReport,
  safety: trSafety,
  share: trShare,
  terms: trTerms,
  upload: trUpload,
  viewer: trViewer,
}

beforeAll(async () => {
  ;[journey, onlyEnglish] = await Promise.all([
    startJourney({ browserFlags: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] }),
    readOnlyEnglish(),
  ])
})
afterAll(() => journey?.stop())

const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
/** A whole journey over many screens, beside whatever else the machine does. */
const journeyMs = 600_000

/** What is said as it stands: sentences that are made of values are left out. */
const plainSentences = (words: unknown): string[] =>
  typeof words === 'string'
    ? [words.trim()]
    : typeof words === 'object' && words !== null
      ? Object.values(words).flatMap(plainSentences)
      : []

/** Every sentence of the English dictionary that no Turkish sentence is equal to. */
async function readOnlyEnglish(): Promise<ReadonlySet<string>> {
  const [english, turkish] = await Promise.all([readDictionary('en'), readDictionary('tr')])
  const known = new Set(turkish)
  return new Set(english.filter((text) => text !== '' && !known.has(text)))
}

async function readDictionary(language: string): Promise<string[]> {
  const folder = new URL('../apps/web/src/words/', import.meta.url)
  const parts = readdirSync(folder).filter((name) => new RegExp(`^${language}(-[a-z]+)?[.]ts$`).test(name))
  return plainSentences(await Promise.all(parts.map((name): Promise<unknown> => import(new URL(name, folder).href))))
}

/** All that a page says: its title, its texts, and what only assistive technology is told. */
const readSaid = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const spoken = [
      'aria-label',
      'aria-description',
      'aria-roledescription',
      'aria-valuetext',
      'alt',
      'title',
      'placeholder',
    ]
    const said = document.title.split(' · ')
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) said.push(texts.currentNode.textContent ?? '')
    for (const element of document.body.querySelectorAll('*')) {
      if (element.childElementCount > 0) said.push(element.textContent)
      for (const name of spoken) said.push(element.getAttribute(name) ?? '')
    }
    return said.map((text) => text.trim()).filter((text) => text !== '')
  })

const findEnglish = async (page: Page) => (await readSaid(page)).filter((text) => onlyEnglish.has(text))

const overflowPx = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

async function expectTurkish(page: Page, screen: string): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.lang), screen).toBe('tr')
  expect(await findEnglish(page), screen).toEqual([])
  expect(await overflowPx(page), `${screen} scrolls sideways`).toBeLessThanOrEqual(0)
}

async function openTurkish(path: string): Promise<Page> {
  const page = await journey.openPage(path, { ...phone, locale: 'tr-TR', reducedMotion: 'reduce' })
  page.setDefaultTimeout(90_000)
  return page
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })
const dialog = (page: Page) => page.getByRole('dialog')

/** Signs up in Turkish and looks at each screen on the way. */
async function signUp(page: Page, name: string): Promise<{ email: string }> {
  const email = `${randomUUID()}@example.org`
  const field = (label: string) => page.getByLabel(label, { exact: true })
  await button(page, tr.main.account.signUp).click()
  await page.getByText(tr.account.enterName).waitFor()
  await expectTurkish(page, 'sign-up with its errors')
  await field(tr.account.name).fill(name)
  await field(tr.account.email).fill(email)
  await field(tr.account.password).fill('a few plain words')
  await field(tr.account.confirm).fill('a few plain words')
  await page.getByRole('checkbox').check()
  await button(page, tr.main.account.signUp).click()
  await field(tr.account.code).waitFor()
  await expectTurkish(page, 'the code')
  await field(tr.account.code).fill(await journey.readCode(email))
  await heading(page, tr.main.feed.title).waitFor()
  return { email }
}

async function makeGroup(page: Page, name: string): Promise<string> {
  await page.goto(`${journey.stack.siteOrigin}/groups`)
  await button(page, tr.groups.newGroup).click()
  await dialog(page).getByLabel(tr.groups.name, { exact: true }).fill(name)
  await expectTurkish(page, 'a new group')
  await button(page, tr.groups.create).click()
  await page.waitForURL(/\/g\/grp_/)
  await heading(page, name).waitFor()
  return new URL(page.url()).pathname
}

async function upload(page: Page): Promise<void> {
  const buffer = await (await openScene(500, 300)).jpeg().toBuffer()
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([
      { name: 'a.jpg', mimeType: 'image/jpeg', buffer },
      { name: 'b.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') },
    ])
  for (const state of ['ready', 'refused']) await page.locator(`li[data-state=${state}]`).first().waitFor()
  await expectTurkish(page, 'uploads')
  await button(page, tr.upload.clear).click()
}

test('what looks for English finds it: on a page in English, every text of the dictionary', async () => {
  const page = await journey.openPage('/sign-up', { ...phone, locale: 'en-GB' })
  await page.getByRole('checkbox').waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
  expect((await findEnglish(page)).length).toBeGreaterThan(8)
})

test(
  'whose browser asks for Turkish signs up, makes a group, uploads and opens in Turkish',
  async () => {
    const page = await openTurkish('/sign-up')
    await signUp(page, 'Deniz')
    await page.getByText(tr.main.feed.emptyTitle).waitFor()
    await expectTurkish(page, 'the feed')
    const group = await makeGroup(page, 'Kapadokya')
    await page.getByText(tr.groups.galleryEmptyTitle).waitFor()
    await expectTurkish(page, 'an empty group')
    await button(page, tr.groups.invite).click()
    await button(page, tr.groups.inviteMake).click()
    await dialog(page).getByText('/join/').waitFor()
    await expectTurkish(page, 'an invite')
    await button(page, tr.main.close).click()
    await upload(page)
    await expectTurkish(page, 'a group with an item')

    await page.getByRole('link', { name: tr.main.feed.photoBy('Deniz') }).click()
    await dialog(page).getByRole('img').first().waitFor()
    await button(page, tr.viewer.details).click()
    await page.getByText(tr.viewer.facts.dimensions, { exact: true }).waitFor()
    await expectTurkish(page, 'an open photo with its details')

    for (const part of ['people', 'settings', 'activity', 'trash', 'hidden']) {
      await page.goto(`${journey.stack.siteOrigin}${group}/${part}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await journey.untilAnswered(page)
      await expectTurkish(page, `the group: ${part}`)
    }
  },
  journeyMs,
)

/** Receipts of every kind that one's own files come to, and one of an upload that did not finish. */
async function fillHistory(page: Page): Promise<void> {
  const jpeg = await (await openScene(520, 300)).jpeg().toBuffer()
  const photo = (name: string, buffer: Buffer, mimeType = 'image/jpeg') => ({ name, mimeType, buffer })
  const input = page.locator('input[type=file]').first()
  await input.setInputFiles([
    photo('a.png', jpeg, 'image/png'),
    photo('b.jpg', jpeg.subarray(0, 1000)),
    photo('c.jpg', Buffer.from('MZ this program cannot be run')),
  ])
  await page.locator('li[data-state=ready]').first().waitFor()
  await page.locator('li[data-state=refused]').nth(1).waitFor()
  await page.route(
    (url) => url.searchParams.has('X-Amz-Signature'),
    (route) => (route.request().method() === 'PUT' ? undefined : route.continue()),
  )
  await input.setInputFiles([photo('d.jpg', Buffer.from('never sent'))])
  await page.locator('li[data-state=sending]').first().waitFor()
  await page.reload()
}

test(
  'my uploads with their receipts, the camera and what another app shared are in Turkish',
  async () => {
    const page = await openTurkish('/sign-up')
    await signUp(page, 'Duru')
    await page.goto(`${journey.stack.siteOrigin}/you/uploads`)
    await fillHistory(page)
    for (const state of ['ready', 'refused', 'reserved'])
      await page.locator(`li[data-state=${state}]`).first().waitFor()
    const receipts = page.locator('summary')
    for (let each = 0; each < (await receipts.count()); each += 1) await receipts.nth(each).click()
    await page.getByText(tr.history.reference, { exact: true }).first().waitFor()
    await expectTurkish(page, 'receipts')

    await page.goto(`${journey.stack.siteOrigin}/camera`)
    await button(page, tr.camera.takePhoto).waitFor()
    await expectTurkish(page, 'the camera')
    await page.keyboard.press('v')
    await button(page, tr.camera.startClip).click()
    await button(page, tr.camera.stopClip).waitFor()
    await expectTurkish(page, 'the camera while it records')
    await button(page, tr.camera.stopClip).click()
    await button(page, tr.camera.startClip).waitFor()
    await expectTurkish(page, 'the camera with a clip on its way')

    await page.evaluate(async () => {
      const headers = { 'content-type': 'image/jpeg', 'x-file-name': 'shared.jpg' }
      await (await caches.open('shared-files')).put('/share/0', new Response('picture', { headers }))
    })
    for (const see of [tr.share.heading(1), tr.share.noneTitle]) {
      await page.goto(`${journey.stack.siteOrigin}/share`)
      await page.getByText(see, { exact: true }).waitFor()
      await journey.untilAnswered(page)
      await expectTurkish(page, `shared: ${see}`)
      await page.evaluate(() => caches.delete('shared-files'))
    }
  },
  journeyMs,
)

const own = ['/you', '/you/security', '/you/data', '/you/uploads', '/you/trash', '/you/blocked']
const others = ['/groups', '/notifications', '/notifications/settings', '/terms', '/privacy', '/health', '/nowhere']

test(
  'what is one’s own, the settings, the terms and how the system is are in Turkish',
  async () => {
    const page = await openTurkish('/sign-up')
    await signUp(page, 'Derya')
    for (const path of [...own, ...others]) {
      await page.goto(journey.stack.siteOrigin + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await journey.untilAnswered(page)
      await expectTurkish(page, path)
    }
  },
  journeyMs,
)

async function report(page: Page, owner: string): Promise<void> {
  await button(page, tr.safety.more(owner)).click()
  await button(page, tr.report.report.item).click()
  await page.getByRole('radio', { name: tr.report.reasons.spam }).check()
  await expectTurkish(page, 'a report')
  await button(page, tr.report.send).click()
  await page.getByText(tr.report.sent).first().waitFor()
}

async function makeAdministrator(email: string): Promise<void> {
  const { db, end } = databaseRows(journey.stack.postgres.url, new Date())
  await db.$client.query(`update users set role = 'administrator' where email = $1`, [email])
  await end()
}

test(
  'reporting, and the desk with a case, are in Turkish',
  async () => {
    const other = await journey.openPage()
    await journey.signUp(other, 'Ann')
    const buffer = await (await openScene(640, 480)).jpeg().toBuffer()
    await chooseFiles(other, [{ name: 'lake.jpg', mimeType: 'image/jpeg', buffer }])
    await uploadRow(other, 'lake.jpg').locator('xpath=self::*[@data-state="ready"]').waitFor()

    const page = await openTurkish('/sign-up')
    const { email } = await signUp(page, 'Defne')
    await page.reload()
    await page.getByRole('link', { name: tr.main.feed.photoBy('Ann') }).click()
    await report(page, 'Ann')
    await makeAdministrator(email)
    await page.goto(`${journey.stack.siteOrigin}/desk`)
    await button(page, tr.account.forgotSend).click()
    await expectTurkish(page, 'the way to the desk')
    await page.getByLabel(tr.account.code, { exact: true }).fill(await journey.readCode(email, 1))
    await page.getByRole('button', { name: tr.desk.kindsOf.item('Ann') }).waitFor()
    for (const tab of ['', '/held', '/people', '/appeals', '/audit', '/system']) {
      await page.goto(`${journey.stack.siteOrigin}/desk${tab}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await journey.untilAnswered(page)
      await expectTurkish(page, `the desk${tab}`)
    }
    await page.goto(`${journey.stack.siteOrigin}/desk`)
    await page.getByRole('button', { name: tr.desk.kindsOf.item('Ann') }).click()
    await page.getByText(tr.desk.reportsTitle, { exact: true }).waitFor()
    await expectTurkish(page, 'a case')
  },
  journeyMs,
)

test('the terms say which text decides, and only a translation says so', async () => {
  const page = await openTurkish('/terms')
  await page.getByText(tr.terms.translation?.decides ?? '').waitFor()
  const english = await journey.openPage('/terms')
  await english.getByRole('heading', { level: 1 }).waitFor()
  expect((await readSaid(english)).filter((text) => text === tr.terms.translation?.decides)).toEqual([])
})

test('no page complained: no script error, nothing that the content policy had to stop', () => {
  expect(journey.complaints).toEqual([])
})
