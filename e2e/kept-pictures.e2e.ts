// Pictures that were shown once, in a browser with a service worker: no byte of them travels again, whatever signature
// they are asked for with, and none stays behind when somebody signs out.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedDemo } from '@shoebox/local/demo/seed-demo.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { startJourney, type Journey } from './journey.ts'

let journey: Journey
beforeAll(async () => {
  // Soon another signature, and each good for long enough to be used on a busy machine.
  journey = await startJourney({ stack: { deliveryBucketSeconds: 15 } })
  await seedDemo({ siteOrigin: journey.stack.siteOrigin, ses: journey.stack.ses })
})
afterAll(() => journey?.stop())

type Shown = { readonly path: string; readonly query: string }

/** The pictures on the page, once all of them can be seen. */
const shownPictures = (page: Page): Promise<Shown[]> =>
  pollUntil(
    () =>
      page.evaluate(() => {
        const pictures = [...document.querySelectorAll<HTMLImageElement>('main li img')]
        if (pictures.length < 6 || pictures.some((picture) => picture.naturalWidth === 0)) return null
        return pictures.map(({ src }) => ({ path: new URL(src).pathname, query: new URL(src).search }))
      }),
    { timeoutMs: 30_000, what: 'the pictures of the feed' },
  )

const keptPaths = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('pictures-'))
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return requests.flat().map(({ url }) => new URL(url).pathname)
  })

const untilKept = (page: Page, paths: readonly string[]): Promise<true> =>
  pollUntil(
    async () => {
      const kept = new Set(await keptPaths(page))
      return paths.every((path) => kept.has(path)) ? true : null
    },
    { timeoutMs: 30_000, what: 'the worker to keep what is shown' },
  )

test('signing out leaves none of them behind', async () => {
  const page = await journey.openPage('/', { serviceWorkers: 'allow' })
  await journey.enterAs(page, 'Kira')
  await untilKept(
    page,
    (await shownPictures(page)).map(({ path }) => path),
  )
  await page.goto(`${journey.stack.siteOrigin}/you`)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await pollUntil(async () => ((await keptPaths(page)).length === 0 ? true : null), {
    timeoutMs: 10_000,
    what: 'the pictures to be forgotten',
  })
})

test('a reload with other signatures fetches no picture again', async () => {
  const page = await journey.openPage('/', { serviceWorkers: 'allow' })
  const before = await shownPictures(page)
  await untilKept(
    page,
    before.map(({ path }) => path),
  )
  // Nobody is there to fetch a picture from.
  await journey.stack.delivery.stop()
  const after = await pollUntil(
    async () => {
      await page.reload()
      const shown = await shownPictures(page)
      return shown[0]?.query === before[0]?.query ? null : shown
    },
    { timeoutMs: 60_000, what: 'other signatures' },
  )
  expect(after.map(({ path }) => path)).toEqual(before.map(({ path }) => path))
})
