// Five thousand files added at once: the panel draws the few rows that are seen, and the page answers whatever is done
// while all of them are summed, declared and sent.
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { quotaPlans } from '@shoebox/shared/upload/quota-plans.ts'
import { databaseRows } from '@shoebox/testing/database-rows.ts'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { startJourney, tilesBy, type Journey } from './journey.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey?.stop())

const count = 5000
/** These are photos; the others are nothing that could be looked at, and never arrive. */
const photoCount = 8
const fillingBytes = 21_500
/** Less than all of them need, so that all are declared before the first is sent. Bytes. */
const roomBytes = 100 * 2 ** 20
/** What the panel shows, and a few above and below. */
const rowsMax = 30
/** Beside whatever else the machine does. */
const patience = { timeout: 60_000 }
/** For a hundred calls, one after another. */
const declaring = { timeout: 120_000 }

/** Room in all, not room of a day: that begins anew where midnight passes meanwhile. */
async function leaveRoom(email: string): Promise<void> {
  const { db, end } = databaseRows(journey.stack.postgres.url, new Date())
  const used = quotaPlans.free.totalBytesMax - roomBytes
  await db.$client.query('insert into quota_totals (user_id, bytes) select id, $1 from users where email = $2', [
    used,
    email,
  ])
  await end()
}

async function addFiles(page: Page): Promise<void> {
  const photos = Array.from({ length: photoCount }, async (_, i) =>
    (await (await openScene(200 + i, 150)).jpeg().toBuffer()).toString('base64'),
  )
  await page.evaluate(
    ([all, bytes, ...encoded]) => {
      const transfer = new DataTransfer()
      for (let i = 0; i < all; i += 1) {
        const filling = new Uint8Array(bytes)
        new DataView(filling.buffer).setUint32(0, i)
        const photo = encoded[i]
        const content = photo === undefined ? filling : Uint8Array.from(atob(photo), (char) => char.charCodeAt(0))
        transfer.items.add(new File([content], `${i + 1}.jpg`, { type: 'image/jpeg' }))
      }
      const input = document.querySelector<HTMLInputElement>('input[type=file]')
      if (input === null) throw new Error('the page takes no files')
      input.files = transfer.files
      input.dispatchEvent(new Event('change', { bubbles: true }))
    },
    [count, fillingBytes, ...(await Promise.all(photos))] as const,
  )
}

/** How many rows are in the document, which are whole in sight, which should be, and what has the focus. */
const look = (scroller: Locator) =>
  scroller.evaluate((element) => {
    const view = element.getBoundingClientRect()
    const list = element.querySelector('[data-group=waiting] ul')?.getBoundingClientRect() ?? view
    const rows = [...element.querySelectorAll('li')]
    const isSeen = (row: Element) => {
      const { top, bottom } = row.getBoundingClientRect()
      return top >= view.top && bottom <= view.bottom
    }
    const nameOf = (row: Element) => row.querySelector('p')?.textContent
    const first = Math.max(0, Math.ceil((view.top - list.top) / 64))
    const end = Math.floor((Math.min(view.bottom, list.bottom) - list.top) / 64)
    const focused = document.activeElement
    return {
      rows: rows.length,
      seen: rows.filter(isSeen).map(nameOf),
      expected: Array.from({ length: end - first }, (_, i) => `${first + i + 1}.jpg`),
      focus: focused?.getAttribute('aria-label') ?? (focused?.matches('li') ? nameOf(focused) : focused?.tagName),
    }
  })

/** What a scroll brings into sight is drawn in the frame after it. */
const untilDrawn = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))

async function expectRows(scroller: Locator, name: string): Promise<void> {
  await expect.poll(async () => (await look(scroller)).seen, patience).toContain(name)
  const { rows, seen, expected } = await look(scroller)
  expect(seen).toEqual(expected)
  expect(rows).toBeLessThan(rowsMax)
}

const scrollTo = (scroller: Locator, share: number) =>
  scroller.evaluate((element, part) => element.scrollTo(0, (element.scrollHeight - element.clientHeight) * part), share)

test('of 5,000 files in the panel only those in sight are drawn, and the page answers while they are sent', async () => {
  const page = await journey.openPage()
  const { email } = await journey.enterAs(page, 'Wanda')
  await leaveRoom(email)
  const { promise: mayDeclare, resolve: letDeclare } = Promise.withResolvers<void>()
  await page.route('**/api/trpc/uploads.begin*', async (route) => {
    await mayDeclare
    await route.continue()
  })
  const sent = new Set<string>()
  await page.route(
    (url) => url.searchParams.has('X-Amz-Signature'),
    (route) => {
      const request = route.request()
      if (request.method() !== 'PUT') return route.continue()
      const { pathname } = new URL(request.url())
      if (sent.size < photoCount) sent.add(pathname)
      // A photo may need more than one try.
      return sent.has(pathname) ? route.continue() : undefined
    },
  )
  const panel = page.getByRole('region', { name: 'Uploads' })
  const scroller = panel.getByRole('group', { name: 'Uploads' })
  const readFocus = async () => (await look(scroller)).focus

  await addFiles(page)
  await panel.getByRole('heading', { name: '0 of 5,000 files' }).waitFor()
  expect((await look(scroller)).rows).toBe(4)
  await panel.getByRole('button', { name: 'Show all 5,000' }).click()
  await expectRows(scroller, '1.jpg')

  // From row to row by keyboard, further than was drawn at first.
  await panel.getByRole('button', { name: 'Cancel 1.jpg' }).focus()
  for (let row = 1; row <= 40; row += 1) {
    await page.keyboard.press('Tab')
    await untilDrawn(page)
  }
  expect(await readFocus()).toBe('Cancel 41.jpg')
  // What has the focus keeps it, though nobody sees it any more.
  await scrollTo(scroller, 0.5)
  await expectRows(scroller, '2500.jpg')
  expect(await readFocus()).toBe('Cancel 41.jpg')
  await panel.getByRole('button', { name: 'Cancel 2500.jpg' }).focus()
  await scrollTo(scroller, 0)
  await expectRows(scroller, '1.jpg')
  expect(await readFocus()).toBe('Cancel 2500.jpg')
  await scroller.focus()
  await page.keyboard.press('End')
  await expectRows(scroller, '5000.jpg')
  expect(await readFocus()).toBe('Uploads')
  // And a row that goes leaves it to the next one.
  await panel.getByRole('button', { name: 'Cancel 4999.jpg' }).press('Enter')
  await expect.poll(readFocus, patience).toBe('5000.jpg')
  // Also when the button that has the focus is pressed with a pointer.
  const focused = panel.getByRole('button', { name: 'Cancel 4997.jpg' })
  await focused.focus()
  await focused.click()
  await expect.poll(readFocus, patience).toBe('4998.jpg')

  // Whoever has clicked elsewhere is not brought back: the next press of a key would act on a file.
  await panel.getByRole('button', { name: 'Cancel 4990.jpg' }).focus()
  await panel.getByRole('heading', { level: 2 }).click()
  expect(await readFocus()).toBe('BODY')
  await panel.getByRole('button', { name: 'Cancel 4991.jpg' }).dispatchEvent('click')
  await panel.getByText('4991.jpg').waitFor({ state: 'detached' })
  expect(await readFocus()).toBe('BODY')

  letDeclare()
  const readDone = async () => Number.parseInt((await panel.getByRole('heading', { level: 2 }).textContent()) ?? '', 10)
  await page.getByRole('link', { name: 'Groups' }).click()
  await page.getByRole('heading', { name: 'Groups', exact: true }).waitFor()
  expect(await readDone()).toBeLessThan(photoCount)
  await page.getByRole('link', { name: 'You', exact: true }).click()
  await page.getByRole('heading', { name: 'Wanda' }).waitFor()
  await expect.poll(readDone, declaring).toBeGreaterThan(photoCount)
  await page.getByRole('link', { name: 'Feed', exact: true }).click()
  await tilesBy(page, 'Wanda')
    .nth(photoCount - 1)
    .waitFor()
  expect(journey.complaints).toEqual([])
}, 240_000)
