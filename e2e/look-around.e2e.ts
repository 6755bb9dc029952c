// Looking at photos by keyboard, touch and address.
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { seedDemo } from '@shoebox/local/demo/seed-demo.ts'
import { startJourney, type Journey } from './journey.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
  await seedDemo({ siteOrigin: journey.stack.siteOrigin, ses: journey.stack.ses })
})
afterAll(() => journey?.stop())

const focusedLink = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('href') ?? null)
const tiles = (page: Page) => page.getByRole('list', { name: 'Photos, newest first' }).getByRole('link')
const dialog = (page: Page) => page.getByRole('dialog')

test('the whole way by keyboard: into the grid, open, on, details, back to the photo shown last', async () => {
  const page = await journey.openPage()
  await tiles(page).first().waitFor()
  await page.keyboard.press('ArrowRight')
  const first = await focusedLink(page)
  expect(first).toMatch(/^\/p\/med_/)
  await page.keyboard.press('ArrowRight')
  const second = await focusedLink(page)
  expect(second).not.toBe(first)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  expect(await focusedLink(page)).toBe(second)

  await page.keyboard.press('Enter')
  await dialog(page).waitFor()
  expect(new URL(page.url()).pathname).toBe(second)
  await page.keyboard.press('i')
  await dialog(page).getByText('Dimensions').waitFor()
  await page.keyboard.press('ArrowRight')
  await page.waitForURL((url) => url.pathname !== second)
  const third = new URL(page.url()).pathname
  await page.keyboard.press('Escape')
  await dialog(page).waitFor({ state: 'detached' })
  await pollUntil(async () => (await focusedLink(page)) === third, { what: 'the focus on the photo shown last' })

  await page.keyboard.press('?')
  await dialog(page).getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor()
  await page.keyboard.press('Escape')
  await dialog(page).waitFor({ state: 'detached' })
})

test('a slideshow moves on by itself, Space pauses it, and Escape ends it where it stands', async () => {
  const page = await journey.openPage('/', { reducedMotion: 'reduce' })
  await page.evaluate(() => localStorage.setItem('slideshow-seconds', '3'))
  await tiles(page).first().click()
  await dialog(page).getByRole('img').waitFor()
  const first = new URL(page.url()).pathname
  await page.keyboard.press('s')
  await dialog(page).getByRole('button', { name: 'Pause' }).waitFor()
  expect(await dialog(page).getByRole('button', { name: 'Details' }).count()).toBe(0)
  await page.waitForURL((url) => url.pathname !== first)
  await page.keyboard.press(' ')
  await dialog(page).getByRole('button', { name: 'Go on' }).waitFor()
  await page.keyboard.press('Escape')
  await dialog(page).getByRole('button', { name: 'Details' }).waitFor()
  await page.keyboard.press('ArrowLeft')
  await page.waitForURL((url) => url.pathname === first)
})

test('Tab never leaves an open photo', async () => {
  const page = await journey.openPage()
  await tiles(page).first().click()
  await dialog(page).waitFor()
  for (let i = 0; i < 12; i += 1) {
    await page.keyboard.press('Tab')
    const isInside = await page.evaluate(() => {
      const { activeElement } = document
      return activeElement === document.body || activeElement?.closest('dialog') !== null
    })
    expect(isInside).toBe(true)
  }
})

test('closing a photo, and going back from another place, leaves the scroll exactly where it was', async () => {
  const page = await journey.openPage('/', { viewport: { width: 800, height: 420 } })
  await tiles(page).first().waitFor()
  await page.evaluate(() => window.scrollTo(0, 333))
  const before = await page.evaluate(() => window.scrollY)
  expect(before).toBeGreaterThan(200)
  await page.locator('li a:not([data-owner])').filter({ visible: true }).last().click()
  await dialog(page).waitFor()
  await page.goBack()
  await dialog(page).waitFor({ state: 'detached' })
  expect(await page.evaluate(() => window.scrollY)).toBe(before)

  await page.getByRole('navigation').getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor()
  // Seen for a frame: its own scrolling is told with the next one, and would count for the page that is gone back to.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  await page.goBack()
  await tiles(page).first().waitFor()
  await pollUntil(async () => (await page.evaluate(() => window.scrollY)) === before, {
    what: 'the old scroll position',
  })
})

test('two fingers make photos larger where they are, keys and a list do too, and the device remembers it', async () => {
  const page = await journey.openPage('/', { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true })
  const across = page.getByRole('combobox', { name: 'Photos side by side' })
  const list = page.getByRole('list', { name: 'Photos, newest first' })
  expect(await across.inputValue()).toBe('4 side by side')
  await pollUntil(() => list.evaluate((element) => element.style.touchAction !== ''), {
    what: 'somebody to see fingers',
  })

  const tile = list.getByRole('listitem').nth(2)
  const before = await tile.boundingBox()
  if (before === null) throw new Error('the tile is on the screen')
  const at = { x: before.x + before.width / 2, y: before.y + before.height / 2 }
  const session = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apartPx?: number) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        apartPx === undefined ? [] : [-1, 1].map((side, id) => ({ x: at.x + (side * apartPx) / 2, y: at.y, id })),
    })
  await touch('touchStart', 60)
  for (let apartPx = 66; apartPx <= 120; apartPx += 6) await touch('touchMove', apartPx)
  await touch('touchEnd')
  await pollUntil(async () => (await across.inputValue()) === '2 side by side', { what: 'larger photos' })
  await pollUntil(() => list.evaluate((element) => element.style.transform === ''), { what: 'the photos to rest' })
  const after = await tile.boundingBox()
  if (after === null) throw new Error('the tile is on the screen')
  expect(after.height).toBeGreaterThan(before.height * 1.5)
  expect(after.y).toBeLessThan(at.y)
  expect(after.y + after.height).toBeGreaterThan(at.y)
  await page.getByText('2 side by side').first().waitFor({ state: 'attached' })

  await page.keyboard.press('-')
  expect(await across.inputValue()).toBe('3 side by side')
  await page.reload()
  expect(await across.inputValue()).toBe('3 side by side')
  await across.selectOption('8 side by side')
  await page.keyboard.press('+')
  expect(await across.inputValue()).toBe('6 side by side')
})

test('a photo has an address: it opens over the feed, and closing it leads there', async () => {
  const page = await journey.openPage()
  const address = (await tiles(page).nth(2).getAttribute('href')) ?? ''
  const other = await journey.openPage(address)
  await dialog(other).getByRole('img', { name: 'Photo by Demo' }).waitFor()
  await other.getByRole('button', { name: 'Close' }).click()
  await dialog(other).waitFor({ state: 'detached' })
  expect(new URL(other.url()).pathname).toBe('/')
  expect(await tiles(other).count()).toBeGreaterThan(3)
})

test('a photo that is not there says so', async () => {
  const page = await journey.openPage('/p/med_01990000-0000-7000-8000-000000000000')
  await dialog(page).getByText('This photo is not here').waitFor()
  const nonsense = await journey.openPage('/p/nonsense')
  await dialog(nonsense).getByText('This photo is not here').waitFor()
})

test('the chosen theme holds before the first paint of the next visit', async () => {
  const page = await journey.openPage('/', { colorScheme: 'light' })
  await journey.enterAs(page, 'Hana')
  await page.getByRole('link', { name: 'You' }).click()
  await page.getByText('Dark', { exact: true }).click()
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  expect(await paper()).toBe('rgb(20, 19, 17)')
  await page.reload()
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
  expect(await paper()).toBe('rgb(20, 19, 17)')
})

test('nothing moves while the feed loads', async () => {
  const page = await journey.openPage('/sign-in')
  await page.addInitScript(() => {
    let total = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if ('value' in entry) total += Number(entry.value)
      document.documentElement.dataset['shift'] = String(total)
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(journey.stack.siteOrigin)
  await pollUntil(() =>
    page
      .locator('li img')
      .first()
      .evaluate((image: HTMLImageElement) => image.naturalWidth > 0),
  )
  const total = await page.evaluate(() => Number(document.documentElement.dataset['shift'] ?? 0))
  expect(total).toBeLessThan(0.02)
})

test.each(['en-GB', 'tr-TR'])(
  'in %s the first screen loads at most 50 kB of script and 8 kB of style, gzipped, and nothing that checks schemas',
  async (locale) => {
    const page = await journey.openPage('/', { locale })
    await page.locator('main li a').first().waitFor()
    const urls = await page.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name))
    const bytes = { js: 0, css: 0 }
    for (const url of urls.filter((name) => /[.](js|css)$/.test(name))) {
      const text = await (await fetch(url)).text()
      bytes[url.endsWith('.js') ? 'js' : 'css'] += gzipSync(text, { level: 9 }).length
      expect(text, url).not.toContain('ZodError')
    }
    expect(bytes.js).toBeGreaterThan(10_000)
    expect(bytes.js).toBeLessThan(50_000)
    expect(bytes.css).toBeGreaterThan(1000)
    expect(bytes.css).toBeLessThan(8000)
  },
)

test('no page complained: no script error, nothing that the content policy had to stop', () => {
  expect(journey.complaints).toEqual([])
})
