// Whether everybody reaches everything: Tab goes through every main screen with the focus in sight and out of it again,
// pages are whole at 200 and 400 per cent, targets are large enough for a thumb, and nothing moves for those who ask.
import type { Page } from 'playwright-core'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seedDemo, demoAccount } from '@shoebox/local/demo/seed-demo.ts'
import { startJourney, type Journey } from './journey.ts'
import { findFocusRing } from './screen-reader.ts'

let journey: Journey
let page: Page
/** Paths by name; `:group` and `:photo` are filled in, and what follows a path is done there. */
const screens = [
  '/',
  ':photo',
  '/groups',
  ':group',
  ':group/people',
  ':group/settings',
  ':group/trash',
  '/you',
  '/you/uploads',
  '/you/security',
  '/you/data',
  '/notifications',
  '/notifications/settings',
  '/join',
  '/terms',
  '/health',
  '/parts',
  '/nowhere',
  '/camera',
  '/share',
  '/ with uploads',
  '/ with uploads as a pill',
]
const forStrangers = ['/sign-in', '/sign-up', '/sign-in/forgot']
let places: Record<string, string> = {}

beforeAll(async () => {
  journey = await startJourney({
    browserFlags: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  })
  await seedDemo({ siteOrigin: journey.stack.siteOrigin, ses: journey.stack.ses })
  page = await journey.openPage('/sign-in', { reducedMotion: 'reduce' })
  await page.getByLabel('Email').fill(demoAccount.email)
  await page.getByLabel('Password', { exact: true }).fill(demoAccount.password)
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'You', exact: true }).waitFor()
  await page.getByRole('link', { name: 'Groups' }).click()
  await page.getByRole('heading', { level: 2 }).getByRole('link').first().click()
  await page.waitForURL(/\/g\/grp_/)
  const group = new URL(page.url()).pathname
  const photo = (await page.getByRole('link', { name: 'Photo by' }).first().getAttribute('href')) ?? ''
  places = { ':group': group, ':photo': photo }
})
afterAll(() => journey?.stop())

async function open(on: Page, screen: string): Promise<void> {
  const [path = ''] = screen.split(' ')
  await on.goto(journey.stack.siteOrigin + path.replace(/^:\w+/, (name) => places[name] ?? name))
  await on.locator('h1, dialog[open]').first().waitFor()
  await journey.untilAnswered(on)
  await then[screen]?.(on)
}

const then: Readonly<Record<string, (on: Page) => Promise<void>>> = {
  '/camera': (on) => on.getByRole('button', { name: 'Take a photo' }).waitFor(),
  '/share': shareFile,
  '/ with uploads': sendFiles,
  async '/ with uploads as a pill'(on) {
    await sendFiles(on)
    await on.getByRole('button', { name: 'Collapse' }).click()
    await on.getByRole('button', { name: 'Show uploads' }).waitFor()
  },
}

/** As the service worker leaves it when another app shared a picture. */
async function shareFile(on: Page): Promise<void> {
  await on.evaluate(async () => {
    const headers = { 'content-type': 'image/jpeg', 'x-file-name': 'shared.jpg' }
    await (await caches.open('shared-files')).put('/share/0', new Response('picture', { headers }))
  })
  await on.reload()
  await on.getByRole('heading', { name: 'Where does this file go?' }).waitFor()
  await journey.untilAnswered(on)
}

/** Rows of every kind: one is sent for ever, one breaks, one is the same as another, and two are refused. */
async function sendFiles(on: Page): Promise<void> {
  let putCount = 0
  await on.route(
    (url) => url.searchParams.has('X-Amz-Signature'),
    (route) => {
      if (route.request().method() !== 'PUT') return route.continue()
      return (putCount += 1) === 1 ? undefined : route.fulfill({ status: 400 })
    },
  )
  const file = (name: string, text: string, mimeType = 'image/jpeg') => ({ name, mimeType, buffer: Buffer.from(text) })
  await on
    .locator('input[type=file]')
    .first()
    .setInputFiles([
      file('A morning at the lake, before everybody else was up.jpg', 'one'),
      file('same.jpg', 'one'),
      file('broken.jpg', 'two'),
      file('notes.pdf', '%PDF', 'application/pdf'),
      file('nothing.jpg', ''),
    ])
  const panel = on.getByRole('region', { name: 'Uploads' })
  for (const action of ['Retry all failed', 'Add same.jpg anyway', 'Pause'])
    await panel.getByRole('button', { name: action }).waitFor()
}

/** What stands out of the page at the side, or is cut where it stands. */
function findCut(): string[] {
  const say = (element: Element) => element.outerHTML.slice(0, 120)
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
  const cut = [...document.querySelectorAll('body *')].filter((element) => {
    const box = element.getBoundingClientRect()
    if (box.width < 2 || box.height < 2 || !element.checkVisibility({ checkOpacity: true })) return false
    if (element.closest('[aria-hidden=true], .sr-only, svg') !== null) return false
    if (box.right > innerWidth + 1 || box.left < -1) return true
    const { overflowX, overflowY, textOverflow } = getComputedStyle(element)
    const isClipped = overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1
    const isShort = overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 4
    const isText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== '')
    return isText && (isClipped || isShort) && textOverflow !== 'ellipsis' && !element.matches('[class*=line-clamp]')
  })
  return [...(wide > 0 ? [`${wide} px wider than the screen`] : []), ...cut.map(say)]
}

/** Everything that can be pressed and gives a thumb less than 44 px of itself in some direction. */
function findSmallTargets(): string[] {
  const reachPx = 21.5
  // How wide a picture is, is its own shape, and how many stand in a row is everybody's choice: for pictures in a list it
  // is the 24 px of WCAG 2.5.8.
  const leastPx = (element: Element) => (element.matches('[data-grid] li > a') ? 24 : 43.5)
  const isInText = (element: Element) =>
    getComputedStyle(element).display === 'inline' &&
    (element.parentElement?.textContent?.trim().length ?? 0) > (element.textContent?.trim().length ?? 0)
  /** A box to tick is as large as the words beside it, which tick it too. */
  const wordsOf = (element: Element) =>
    element.matches('[type=radio], [type=checkbox]') ? (element as HTMLInputElement).labels?.[0] : undefined
  const takes = (element: Element, x: number, y: number) => {
    const hit = document.elementFromPoint(x, y)
    if (hit === null) return false
    return element.contains(hit) || wordsOf(element)?.contains(hit) === true
  }
  return [...document.querySelectorAll('a[href], button, input, select, textarea, [role=checkbox]')].flatMap(
    (element) => {
      if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return []
      if (element.matches(':disabled, [tabindex="-1"], [hidden], .sr-only') || isInText(element)) return []
      element.scrollIntoView({ block: 'center' })
      const box = (wordsOf(element) ?? element).getBoundingClientRect()
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2]
      // Behind a sheet, or under the bar at the foot: not there to be pressed.
      if (!takes(element, x, y)) return []
      const least = leastPx(element)
      const isLarge =
        (box.width >= least || (takes(element, x - reachPx, y) && takes(element, x + reachPx, y))) &&
        (box.height >= least || (takes(element, x, y - reachPx) && takes(element, x, y + reachPx)))
      return isLarge ? [] : [`${Math.round(box.width)} × ${Math.round(box.height)}: ${element.outerHTML.slice(0, 140)}`]
    },
  )
}

/** Longer than a millisecond is movement. */
const findMotion = () => [
  ...document.getAnimations().flatMap(({ effect }) => {
    const { duration } = effect?.getComputedTiming() ?? {}
    return Number(duration) > 1 ? [`animation of ${String(duration)} ms`] : []
  }),
  ...[...document.querySelectorAll('*')].flatMap((element) => {
    const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(element)
    const seconds = `${transitionDuration},${animationDuration}`.split(',').map((text) => Number.parseFloat(text))
    return Math.max(...seconds) > 0.001 || scrollBehavior === 'smooth' ? [element.outerHTML.slice(0, 120)] : []
  }),
]

const stopsMax = 200

/** Tab until the page has been gone through. What could not be seen, and whether there was an end. */
async function goRound(on: Page): Promise<{ unseen: string[]; isTrapped: boolean }> {
  const unseen: string[] = []
  await on.evaluate(() => void Object.assign(globalThis, { stopsSoFar: [] }))
  for (let stops = 0; stops < stopsMax; stops += 1) {
    await on.keyboard.press('Tab')
    const at = await on.evaluate(() => {
      const element = document.activeElement
      if (element === null || element === document.body) return null
      const before = Reflect.get(globalThis, 'stopsSoFar') as Element[]
      const place = before.indexOf(element)
      before.push(element)
      return { place, html: element.outerHTML.slice(0, 120) }
    })
    // Past the last stop comes the browser's own bar, or the first stop again; any other one is a circle within the page.
    if (at === null || at.place >= 0) return { unseen, isTrapped: at !== null && at.place > 0 }
    const ring = await on.evaluate(findFocusRing)
    if (ring === null || ring.contrast < 3) unseen.push(at.html)
  }
  return { unseen, isTrapped: true }
}

async function narrow(on: Page, width: number): Promise<void> {
  await on.setViewportSize({ width, height: 740 })
  // The rules for another width hold from the next frame on.
  await on.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
}

/** What is found in the end: a grid lays its rows anew a few frames later. */
async function settled(on: Page, find: () => string[]): Promise<string[]> {
  let found: string[] = []
  const isNothing = async () => {
    found = await on.evaluate(find)
    return found.length === 0
  }
  await pollUntil(isNothing, { timeoutMs: 3000 }).catch(() => undefined)
  return found
}

describe.each([...screens, ...forStrangers])('%s', (screen) => {
  test('is reached by Tab, whole at 200 and 400 per cent, large enough for a thumb, and stands still', async () => {
    const on = forStrangers.includes(screen) ? await journey.openPage(screen, { reducedMotion: 'reduce' }) : page
    await on.setViewportSize({ width: 1280, height: 800 })
    await open(on, screen)
    const round = await goRound(on)
    expect.soft(round.unseen, 'stops at which the focus is not seen').toEqual([])
    expect.soft(round.isTrapped, 'an end of Tab').toBe(false)
    expect.soft(await on.evaluate(findMotion), 'moves').toEqual([])
    // A window of 1280 px at 200 and at 400 per cent.
    for (const width of [640, 320]) {
      await narrow(on, width)
      expect.soft(await settled(on, findCut), `cut at ${width} px`).toEqual([])
    }
    await narrow(on, 360)
    expect.soft(await settled(on, findSmallTargets), 'too small for a thumb').toEqual([])
    expect.soft(await on.title(), 'a title of its own').toMatch(/. · Shoebox$/)
    // What lies under a dialog is not there for a screen reader.
    const headings = on.locator((await on.locator('dialog[open]').count()) > 0 ? 'dialog[open] h1' : 'h1')
    expect.soft(await headings.count(), 'headings of the page').toBe(1)
  })
})

test('no page complained: no script error, nothing that the content policy had to stop', () => {
  expect(journey.complaints).toEqual([])
})
