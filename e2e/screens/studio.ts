// The pinned browser with one font, one clock, one zone and nothing that moves; a few pages that are used again and again.
import { writeFileSync } from 'node:fs'
import type { Browser, BrowserContext, Page, Request, Route } from 'playwright-core'
import { enScreens } from '../../apps/web/src/words/en-screens.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { launchBrowser } from '../browser.ts'
import { watchCalls } from '../journey.ts'
import { takeSession } from '../new-person.ts'
import { brokenPath } from './compare-shots.ts'
import { shotName } from './screens.ts'
import { sizeOf, themeOf, type Answer, type Screen, type View } from './screen.ts'
import { takenAt, zone } from './world/moment.ts'
import { tokenOf } from './world/people.ts'
import type { World } from './world/world.ts'

/** Chromium's own camera shows a clock: it is covered. */
const flags = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--force-color-profile=srgb']

type Stand = {
  readonly context: BrowserContext
  readonly page: Page
  readonly complaints: string[]
  readonly calls: Set<Request>
}

export type Studio = {
  /** Opens a screen in one of its views and hands over the page once nothing on it moves any more. */
  readonly open: <T>(screen: Screen, view: View, look: (page: Page) => Promise<T>) => Promise<T>
  readonly stop: () => Promise<void>
}

export async function openStudio(world: World): Promise<Studio> {
  const browser = await launchBrowser({ flags, hasOwnFontOnly: true })
  const free = new Map<string, Stand[]>()

  async function open<T>(screen: Screen, view: View, look: (page: Page) => Promise<T>): Promise<T> {
    const kind = [view.split('-')[0], screen.locale].join()
    const stands = free.get(kind) ?? []
    free.set(kind, stands)
    const stand = stands.pop() ?? (await openStand(browser, view, screen.locale ?? 'en-GB'))
    const { page, complaints } = stand
    try {
      await enter(stand, screen, view, world)
      const seen = await look(page)
      if (complaints.length > 0) throw new Error(`the page complained: ${complaints.join('; ')}`)
      return seen
    } catch (error) {
      writeFileSync(brokenPath(shotName(screen, view)), await page.screenshot())
      throw error
    } finally {
      complaints.length = 0
      await leave(stand, world)
      stands.push(stand)
    }
  }
  return { open, stop: () => browser.close() }
}

async function openStand(browser: Browser, view: View, locale: string): Promise<Stand> {
  const isPhone = view.startsWith('phone')
  const context = await browser.newContext({
    viewport: sizeOf(view),
    isMobile: isPhone,
    hasTouch: isPhone,
    deviceScaleFactor: 1,
    locale,
    timezoneId: zone,
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    permissions: ['camera', 'microphone'],
  })
  await context.clock.setFixedTime(takenAt)
  await context.addInitScript(keepOwnTime)
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    const isNews = message.type() === 'error' && !message.text().startsWith('Failed to load resource')
    if (isNews) complaints.push(message.text())
  })
  // A page may ask whether it is to be left: it is.
  page.on('dialog', (dialog) => void dialog.accept())
  return { context, page, complaints, calls: watchCalls(page) }
}

/** The page would go by the server's time as soon as an answer tells it. */
function keepOwnTime(): void {
  const { get } = Headers.prototype
  Headers.prototype.get = function (name) {
    return name === 'date' ? null : get.call(this, name)
  }
}

/** What marks something as seen never arrives: the next picture of it would be another. */
const marks = ['notifications.markRead', 'groups.markSeen']

/** What tells of the server's own day. */
const usual: Readonly<Record<string, Answer>> = {
  'account.usage': (told) => {
    const usage = told as { day: object }
    return { ...usage, day: { ...usage.day, resetsAt: '2026-06-16T00:00:00.000Z' } }
  },
}

async function enter(stand: Stand, screen: Screen, view: View, world: World): Promise<void> {
  const { context, page } = stand
  if (screen.as !== undefined) await takeSession(context, world.siteOrigin, tokenOf(screen.as))
  const answers = { ...usual, ...screen.answers }
  await page.route('**/api/trpc/**', (route) => answer(route, answers))
  await page.setViewportSize(sizeOf(view))
  await page.emulateMedia({ colorScheme: themeOf(view) })
  await screen.prepare?.(page, world)
  await page.goto(world.siteOrigin + addressOf(screen, world), { waitUntil: 'commit' })
  await page.getByText(screen.see).filter({ visible: true }).first().waitFor()
  // What the feed's first look does not need comes two seconds later.
  if (screen.route === '/') await page.getByLabel(enScreens.feed.density).waitFor()
  if (screen.isWaiting !== true) await settle(stand)
  if (screen.show !== undefined) {
    await screen.show(page, world)
    if (screen.isWaiting !== true) await settle(stand)
  }
  if (screen.isWhole === true) {
    await stretch(stand, view)
    await settle(stand)
  }
}

async function answer(route: Route, answers: Readonly<Record<string, Answer>>): Promise<void> {
  const name = /[/]api[/]trpc[/]([\w.]+)/.exec(route.request().url())?.[1] ?? ''
  if (marks.includes(name)) return route.abort()
  const change = answers[name]
  if (change === undefined) return route.fallback()
  const response = await route.fetch()
  const told = (await response.json()) as { result?: { data: unknown } }
  await route.fulfill({ status: 200, json: { result: { data: change(told.result?.data) } } })
}

export function addressOf({ route, params, search = '' }: Screen, world: World): string {
  const values = params?.(world) ?? {}
  if (route === '*') return '/nowhere'
  return (
    route.replaceAll(/[/]:(\w+)([?]?)/g, (_, name: string, isOptional: string) => {
      const value = values[name]
      if (value === undefined && isOptional === '') throw new Error(`${route} says nothing of ${name}`)
      return value === undefined ? '' : `/${value}`
    }) + search
  )
}

const wholePxMax = 7500

async function stretch(stand: Stand, view: View): Promise<void> {
  const { page } = stand
  const measure = () => page.evaluate(() => document.documentElement.scrollHeight)
  let heightPx = await measure()
  // A part further down may come only now.
  for (let before = 0; before !== heightPx; heightPx = await measure()) {
    before = heightPx
    await settle(stand)
  }
  const { width, height } = sizeOf(view)
  if (heightPx > height) await page.setViewportSize({ width, height: Math.min(heightPx, wholePxMax) })
}

/** Nothing is on its way, letters are there, and pictures are there. */
async function settle({ page, calls }: Stand): Promise<void> {
  await pollUntil(() => calls.size === 0, { what: `answers to ${[...calls].map((call) => call.url()).join(' ')}` })
  await page.evaluate(async () => {
    await document.fonts.ready
    const isNear = (image: HTMLImageElement) => image.getBoundingClientRect().top < innerHeight * 1.5
    const until = performance.now() + 10_000
    // A gallery draws its rows over several frames.
    let drawn = -1
    while (document.images.length !== drawn && performance.now() < until) {
      drawn = document.images.length
      for (let frame = 0; frame < 5; frame += 1) await new Promise(requestAnimationFrame)
    }
    const areThere = () => [...document.images].filter(isNear).every((image) => image.complete)
    while (!areThere() && performance.now() < until) await new Promise(requestAnimationFrame)
    await Promise.all([...document.images].filter(isNear).map((image) => image.decode().catch(() => undefined)))
  })
}

/** Nothing of one visit is there in the next: who it was, what was kept, what was laid over the API. */
async function leave({ context, page, calls }: Stand, world: World): Promise<void> {
  // A page that never opened has none.
  await page.evaluate(() => sessionStorage.clear()).catch(() => undefined)
  // First, or what was held up would go its way. To a picture of the same site: another would cost a new process.
  await page.goto(`${world.siteOrigin}/favicon.svg`)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  calls.clear()
  const session = await context.newCDPSession(page)
  await session.send('Storage.clearDataForOrigin', { origin: world.siteOrigin, storageTypes: 'all' })
  await session.detach()
  await context.clearCookies()
}

/** The page as a picture, without a caret, and with every animation at its end. */
export const shoot = (page: Page, { mask }: Screen): Promise<Buffer> =>
  page.screenshot({
    animations: 'disabled',
    caret: 'hide',
    scale: 'css',
    ...(mask !== undefined && { mask: [page.locator(mask)], maskColor: '#808080' }),
  })
