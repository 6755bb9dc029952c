// Being told where one is not looking: on this device, through a real push service up to the browser's own part of it,
// and no more by a link in a mail.
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BrowserContextOptions, CDPSession, Page, Worker } from 'playwright-core'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { findViolations } from './find-violations.ts'
import { startJourney, type Journey } from './journey.ts'

let journey: Journey
let ada: Page
let group: { id: string; code: string }
beforeAll(async () => {
  journey = await startJourney()
  ada = await journey.openPage()
  await journey.enterAs(ada, 'Ada')
  const made = (await call(ada, 'groups.create', { name: 'Summer' })) as { groupId: string }
  const wish = { groupId: made.groupId, role: 'contributor', needsApproval: false }
  const { invite } = (await call(ada, 'invites.create', wish)) as { invite: { code: string } }
  group = { id: made.groupId, code: invite.code }
})
afterAll(() => journey?.stop())

const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
  serviceWorkers: 'allow',
}
const go = (page: Page, path: string) => page.goto(journey.stack.siteOrigin + path)

/** A procedure, as the page itself would call it. */
const call = (page: Page, name: string, input: unknown): Promise<unknown> =>
  page.evaluate(
    async ([path, body]) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`/api/trpc/${path}`, { method: 'POST', headers, body })
      const { result } = (await answer.json()) as { result?: { data: unknown } }
      if (result === undefined) throw new Error(`${path} was refused`)
      return result.data
    },
    [name, JSON.stringify(input)] as const,
  )

async function joinAs(name: string, options: BrowserContextOptions = {}): Promise<{ page: Page; userId: string }> {
  const page = await journey.openPage('/', { ...phone, ...options })
  await journey.enterAs(page, name)
  await call(page, 'invites.join', { code: group.code })
  const me = await page.evaluate(
    async () => (await fetch('/api/trpc/account.me')).json() as Promise<{ result: { data: { user: { id: string } } } }>,
  )
  return { page, userId: me.result.data.user.id }
}

/** The pinned browser is a headless one: whatever it is granted, it says that notifications are denied. */
const allowAsking = (page: Page) =>
  page.addInitScript(() => Object.defineProperty(Notification, 'permission', { get: () => 'default' }))

/** It reaches no push service either: in the place of its own, it is subscribed with the local one. */
async function subscribeLocally(page: Page): Promise<string> {
  const subscription = journey.stack.push.subscribe()
  await page.addInitScript((made) => {
    const unsubscribe = async () => (localStorage.removeItem('pushed'), true)
    const kept = { endpoint: made.endpoint, toJSON: () => made, unsubscribe }
    const read = async () => (localStorage.getItem('pushed') === null ? null : kept)
    const subscribe = async () => (localStorage.setItem('pushed', '1'), kept)
    Object.assign(PushManager.prototype, { getSubscription: read, subscribe })
  }, subscription)
  return subscription.endpoint
}

/** And it shows nothing: what the service worker wants shown is written down, by the tag that it replaces. */
async function watchShown(page: Page): Promise<Worker> {
  const worker = await pollUntil(() => page.context().serviceWorkers()[0] ?? null)
  // As text: a page's types know nothing of a service worker's.
  await worker.evaluate(`(() => {
    globalThis.shown = {}
    registration.showNotification = async (title, { tag, body, data }) => void (shown[tag] = { title, body, data })
  })()`)
  return worker
}

/** Has the push sent, and hands on what the push service decrypts of it. */
async function handOn(page: Page, endpoint: string): Promise<string> {
  await journey.stack.lambdas.invoke('notify', {})
  const push = await pollUntil(() => journey.stack.push.pushes(endpoint)[0] ?? null)
  await deliver(page, push.text)
  return push.text
}

/** As the browser's own part of a push service does. */
async function deliver(page: Page, data: string): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  const registrationId = await findRegistration(cdp)
  await cdp.send('ServiceWorker.deliverPushMessage', { origin: journey.stack.siteOrigin, registrationId, data })
  await cdp.detach()
}

async function findRegistration(cdp: CDPSession): Promise<string> {
  const found = new Promise<string>((resolve) => {
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations
      if (first !== undefined) resolve(first.registrationId)
    })
  })
  await cdp.send('ServiceWorker.enable')
  return await found
}

type Shown = { readonly title: string; readonly body: string; readonly data: string }
const shownBy = (worker: Worker) => worker.evaluate<Shown[]>('Object.values(shown)')

test('what happens is one line on the screen for each place, and leads there in the tab that is open', async () => {
  const { page, userId } = await joinAs('Bea', { permissions: ['notifications'] })
  await allowAsking(page)
  const endpoint = await subscribeLocally(page)
  await go(page, '/notifications')
  await page.getByRole('link', { name: 'How you are told' }).tap()
  await page.getByRole('button', { name: 'Turn on' }).tap()
  await page.getByText('This device is told.').waitFor()
  expect(await findViolations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)

  const worker = await watchShown(page)
  await call(ada, 'groups.setRole', { groupId: group.id, userId, role: 'viewer' })
  const push = await handOn(page, endpoint)
  await pollUntil(async () => (await shownBy(worker)).length > 0)
  await deliver(page, push)
  expect(await shownBy(worker)).toEqual([
    { title: 'Shoebox', body: 'Ada changed your role: you are a viewer of Summer', data: `/g/${group.id}/people` },
  ])
  await deliver(page, 'nothing that can be read')
  await pollUntil(async () => (await shownBy(worker)).length === 2)

  // Also a page that was opened a moment ago listens.
  await page.reload()
  await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }))
  await worker.evaluate(`dispatchEvent(Object.assign(new ExtendableEvent('notificationclick'), {
    notification: { close() {}, data: Object.values(shown)[0].data },
  }))`)
  await page.waitForURL(/\/g\/grp_[^/]*\/people$/)
  expect(await page.evaluate(() => Reflect.get(globalThis, 'isSamePage') as unknown), 'not loaded anew').toBe(true)

  await go(page, '/notifications/settings')
  await page.getByRole('checkbox', { name: /^Show who and where/ }).uncheck()
  await page.getByText('Saved.').waitFor()
  await page.getByRole('button', { name: 'Turn off' }).tap()
  await page.getByRole('button', { name: 'Turn on' }).waitFor()
  expect(journey.complaints).toEqual([])
})

test('a browser that reaches no push service, or is not allowed to tell, says so and what can be done', async () => {
  const { page } = await joinAs('Cem', { permissions: ['notifications'] })
  await go(page, '/notifications/settings')
  await page.locator('#content').getByText('This browser does not let Shoebox tell you anything.').waitFor()
  await allowAsking(page)
  await page.reload()
  await page.getByRole('button', { name: 'Turn on' }).tap()
  await page.locator('#content').getByText('This browser did not reach its own push service.').waitFor()
  expect(await findViolations(page)).toEqual([])
})

test('how often mails come and how much of each group is told is set on one page', async () => {
  const { page } = await joinAs('Dea')
  await go(page, '/notifications/settings')
  await page.getByRole('radio', { name: /^Every day/ }).check()
  await page.getByText('Saved.').waitFor()
  await page.getByLabel('Summer').selectOption({ label: 'Nothing' })
  await page.reload()
  expect(await page.getByRole('radio', { name: /^Every day/ }).isChecked()).toBe(true)
  expect(await page.getByLabel('Summer').inputValue()).toBe('none')
})

test('a link in a mail mutes a group only when its button is pressed, signed in or not, and takes it back', async () => {
  const { page, userId } = await joinAs('Eva')
  const key = journey.stack.lambdas.environmentOf('notifier')?.['LINK_HMAC_KEY'] ?? ''
  const mac = createHmac('sha256', key).update(`mute ${userId} ${group.id}`).digest('base64url')
  const link = `/mute?t=${userId}.${group.id}.${mac}`
  const stranger = await journey.openPage(link, phone)
  await stranger.getByText('You are told of Summer, here and by mail.').waitFor()
  const levelOf = async () => {
    await go(page, '/notifications/settings')
    return await page.getByLabel('Summer').inputValue()
  }
  expect(await levelOf()).toBe('all')
  await stranger.getByRole('button', { name: 'Tell me nothing more of it' }).tap()
  await stranger.getByText('You are told nothing more of Summer.').waitFor()
  expect(await levelOf()).toBe('none')
  await stranger.getByRole('button', { name: 'Undo' }).tap()
  await stranger.getByRole('button', { name: 'Tell me nothing more of it' }).waitFor()
  expect(await levelOf()).toBe('all')
  const broken = await journey.openPage(`${link}x`, phone)
  await broken.getByRole('heading', { name: 'This link does not work' }).waitFor()
})
