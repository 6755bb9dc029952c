import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page, Worker } from 'playwright-core'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { findViolations } from './find-violations.ts'
import { chooseFiles, startJourney, tilesBy, uploadRow, type Journey, type Person } from './journey.ts'

let journey: Journey

beforeAll(async () => {
  journey = await startJourney()
})

afterAll(() => journey.stop())

/** A page that the service worker answers for, with everything that opens without a network. */
async function openKeptPage(): Promise<Page> {
  const page = await journey.openPage('/', { serviceWorkers: 'allow' })
  const isKept = () =>
    page.evaluate(async () => {
      if (navigator.serviceWorker.controller === null || (await caches.match('/offline')) === undefined) return false
      const files = (await (await fetch('/client-files.json')).json()) as string[]
      return (await caches.match(files.at(-1) ?? '')) !== undefined
    })
  await pollUntil(isKept, { timeoutMs: 60_000, what: 'the service worker to keep the page and its files' })
  return page
}

test('without a network the app opens, says so, and shows what it can when the network is back', async () => {
  const page = await openKeptPage()
  await page.context().setOffline(true)
  await page.goto(`${journey.stack.siteOrigin}/groups`)
  await page.getByRole('navigation', { name: 'Places' }).waitFor()
  await page.getByRole('main').getByText('You are offline.').first().waitFor()
  await page.context().setOffline(false)
  await page.getByRole('main').getByText('You are offline.').first().waitFor({ state: 'hidden' })
  await page.goto(journey.stack.siteOrigin)
  await page.getByRole('heading', { name: 'Feed', exact: true }).waitFor()
})

/** As the system posts what another app shares. */
async function shareFromGallery(page: Page): Promise<void> {
  const photo = await (await openScene(400, 300)).jpeg().toBuffer()
  await page.evaluate(
    ([bytes]) => {
      const form = Object.assign(document.createElement('form'), {
        method: 'post',
        action: '/share',
        enctype: 'multipart/form-data',
      })
      const input = Object.assign(document.createElement('input'), { type: 'file', name: 'files', multiple: true })
      const transfer = new DataTransfer()
      transfer.items.add(new File([new Uint8Array(bytes)], 'from gallery.jpg', { type: 'image/jpeg' }))
      input.files = transfer.files
      form.append(input)
      document.body.append(form)
      form.submit()
    },
    [[...photo]] as const,
  )
  await page.getByRole('heading', { name: 'Where does this file go?' }).waitFor()
}

test('what another app shares waits until its place is chosen, and is then sent', async () => {
  const page = await openKeptPage()
  await journey.enterAs(page, 'Filiz')
  await shareFromGallery(page)
  expect(await tilesBy(page, 'Filiz').count()).toBe(0)
  await page.getByRole('button', { name: 'Feed' }).click()
  await tilesBy(page, 'Filiz').first().waitFor()
  await page.goto(`${journey.stack.siteOrigin}/share`)
  await page.getByRole('heading', { name: 'Nothing was shared' }).waitFor()
})

test('what another app shares is still there when it could not be taken', async () => {
  const page = await openKeptPage()
  await journey.enterAs(page, 'Ivo')
  // What the uploads need is not there any more, as after a deployment.
  const url = await page.evaluate(async () => {
    const cache = await caches.open('files-1')
    for (const request of await cache.keys()) {
      const isWanted = (await (await cache.match(request))?.text())?.includes('.openMultipart.mutate') === true
      if (!isWanted) continue
      await cache.put(request, new Response('', { status: 404 }))
      return request.url
    }
  })
  await shareFromGallery(page)
  // It was fetched in advance, and the page loaded anew for it.
  await page.waitForFunction(() => {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    return navigation?.type === 'reload'
  })
  const feed = page.getByRole('main').getByRole('button', { name: 'Feed' })
  await feed.click()
  await page.getByRole('alert').getByText('The files are kept here').waitFor()
  expect(await findViolations(page)).toEqual([])
  await page.evaluate(async (one = '') => (await caches.open('files-1')).delete(one), url)
  await page.getByRole('button', { name: 'Load this page again' }).click()
  await feed.click()
  await tilesBy(page, 'Ivo').first().waitFor()
})

test('what another app shared is for who shared it, and not for the next person', async () => {
  const page = await openKeptPage()
  const first = await journey.enterAs(page, 'Gül')
  const second = await journey.enterAs(page, 'Hakan')
  const signIn = async ({ email, password }: Person) => {
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  }
  const isShared = async () => (await keptUrls(page)).some((url) => url.includes('/share/'))
  await page.context().clearCookies()
  await shareFromGallery(page)
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await signIn(first)
  await page.getByRole('main').getByRole('button', { name: 'Feed' }).waitFor()

  await page.context().clearCookies()
  await page.goto(`${journey.stack.siteOrigin}/sign-in`)
  expect(await isShared()).toBe(true)
  await signIn(second)
  await pollUntil(async () => !(await isShared()), { what: 'what the first person shared to be forgotten' })

  await shareFromGallery(page)
  await page.getByRole('link', { name: 'You' }).first().click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await pollUntil(async () => !(await isShared()), { what: 'what was shared to be forgotten with its person' })
})

/** Every address of which something is kept. */
const keptUrls = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const caching = (await caches.keys()).map((name) => caches.open(name))
    const requests = await Promise.all((await Promise.all(caching)).map((cache) => cache.keys()))
    return requests.flat().map(({ url }) => decodeURIComponent(url))
  })

const photos = (page: Page) => page.getByRole('list', { name: 'Photos, newest first' }).getByRole('link')

/** Waits for the pictures of the list, and names them by their paths. */
const picturePaths = (page: Page, count: number): Promise<string[]> =>
  pollUntil(
    () =>
      page.evaluate((least) => {
        const pictures = [...document.querySelectorAll<HTMLImageElement>('main li img')]
        if (pictures.length < least || pictures.some((picture) => picture.naturalWidth === 0)) return null
        return pictures.map(({ src }) => new URL(src).pathname)
      }, count),
    { timeoutMs: 30_000, what: 'the pictures of the list' },
  )

const untilKept = (page: Page, ...parts: string[]): Promise<true> =>
  pollUntil(
    async () => {
      const urls = await keptUrls(page)
      return parts.every((part) => urls.some((url) => url.includes(part))) ? true : null
    },
    { timeoutMs: 30_000, what: `the worker to keep ${parts.join(', ')}` },
  )

async function addPhoto(page: Page, widthPx: number): Promise<void> {
  const buffer = await (await openScene(widthPx, 300)).jpeg().toBuffer()
  await chooseFiles(page, [{ name: `${widthPx}.jpg`, mimeType: 'image/jpeg', buffer }])
  await uploadRow(page, `${widthPx}.jpg`).locator('xpath=self::*[@data-state="ready"]').waitFor()
}

/** Makes a group with a photo, and looks at it until it is kept. */
async function seeGroup(page: Page, name: string) {
  await page.goto(`${journey.stack.siteOrigin}/groups`)
  await page.getByRole('button', { name: 'New group' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Create group' }).click()
  await page.waitForURL(/\/g\/grp_/)
  await page.getByRole('heading', { name, exact: true }).waitFor()
  await addPhoto(page, 420)
  await page.reload()
  const paths = await picturePaths(page, 1)
  await untilKept(page, '/gallery.timeline', '/gallery.page', '/groups.find', ...paths)
  return { group: new URL(page.url()).pathname, paths }
}

test('a visitor’s feed that came inside its page is there without a network, with its pictures, and says of when', async () => {
  const page = await openKeptPage()
  const shown = await picturePaths(page, 1)
  await untilKept(page, '/api/trpc/feed.page', ...shown)
  await page.context().setOffline(true)
  await page.reload()
  expect(await picturePaths(page, 1)).toEqual(shown)
  await page.getByRole('main').getByText('You are offline. This is from').waitFor()
})

test('the feed and a group that was seen open without a network, and with one that only hangs; signing out leaves nothing', async () => {
  const page = await openKeptPage()
  const context = page.context()
  await journey.signUp(page, 'Irmak')
  const { group, paths } = await seeGroup(page, 'Yayla')
  const isOfGroup = (url: string) => paths.some((path) => url.endsWith(path))
  const { siteOrigin } = journey.stack
  await page.goto(siteOrigin)
  const shown = await picturePaths(page, 1)
  await untilKept(page, '/api/trpc/feed.page', '/api/trpc/account.me', ...shown)
  const expectKept = async () => {
    await page.goto(siteOrigin)
    expect(await picturePaths(page, 1)).toEqual(shown)
    await page.getByRole('main').getByText('You are offline. This is from').waitFor()
    await page.goto(siteOrigin + group)
    await page.getByRole('heading', { name: 'Yayla', exact: true }).waitFor()
    await picturePaths(page, 1)
    expect(await photos(page).count()).toBe(1)
    await page.getByRole('main').getByText('You are offline. This is from').waitFor()
  }
  await context.setOffline(true)
  await expectKept()
  await context.setOffline(false)

  // Nothing fails and nothing comes.
  let held = 0
  await context.route('**/*', () => void (held += 1))
  await expectKept()
  expect(held).toBeGreaterThan(0)
  await context.unrouteAll()

  await page.goto(`${siteOrigin}/you`)
  await page.getByRole('main').getByText('You are offline.').waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('link', { name: 'Sign in', exact: true }).first().waitFor()
  const ofMembers = async () =>
    (await keptUrls(page)).filter((url) => /grp_|groups\.|gallery\.|likedAmong/.test(url) || isOfGroup(url))
  await pollUntil(async () => ((await ofMembers()).length === 0 ? true : null), {
    timeoutMs: 10_000,
    what: 'all that members see to be forgotten',
  })
})

/** What a deployment does to an open tab: the file of a screen is gone. Counts how often the page is loaded from then on. */
async function takeAway(page: Page, file: string, comesBack: boolean) {
  let loads = 0
  page.on('request', (request) => {
    if (request.isNavigationRequest()) loads += 1
  })
  await page.route(`**/assets/${file}-*.js`, (route) =>
    comesBack && loads > 0 ? route.continue() : route.fulfill({ status: 404, body: 'Not found' }),
  )
  return { loads: () => loads }
}

/** The new page opens where the link leads. */
async function clickAcrossLoad(page: Page): Promise<void> {
  const loaded = page.waitForEvent('load')
  await page.getByRole('link', { name: 'Sign in', exact: true }).first().click()
  await loaded
}

test('a tab that was open during a deployment loads the new page once, and shows nothing broken on the way', async () => {
  const page = await journey.openPage()
  await page.getByRole('heading', { name: 'Feed', exact: true }).waitFor()
  const seen: string[] = []
  await page.exposeFunction('sawAlert', (text: string) => seen.push(text))
  await page.evaluate(() => {
    const look = () => {
      for (const alert of document.querySelectorAll('main [role=alert]'))
        (Reflect.get(window, 'sawAlert') as (text: string) => void)(alert.textContent)
    }
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
  })
  const gone = await takeAway(page, 'sign-in-screen', true)
  await clickAcrossLoad(page)
  await page.getByLabel('Email').waitFor()
  expect(gone.loads()).toBe(1)
  expect(seen).toEqual([])
})

test('where the new page has no such file either, it is not loaded again and again: it says so', async () => {
  const page = await journey.openPage()
  await page.getByRole('heading', { name: 'Feed', exact: true }).waitFor()
  const gone = await takeAway(page, 'sign-in-screen', false)
  await clickAcrossLoad(page)
  await page.getByRole('heading', { name: 'That did not work' }).waitFor()
  await page.getByRole('navigation', { name: 'Places' }).waitFor()
  expect(gone.loads()).toBe(1)
})

test('a tab that sends files meanwhile says that there is a new version, and loads it when they are sent', async () => {
  const page = await journey.openPage()
  await journey.signUp(page, 'Irmak')
  let send: () => void = () => undefined
  const maySend = new Promise<void>((resolve) => (send = resolve))
  await page.route('**/*', async (route) => {
    if (route.request().method() === 'PUT') await maySend
    await route.fallback()
  })
  const buffer = await (await openScene(420, 300)).jpeg().toBuffer()
  await chooseFiles(page, [{ name: 'four.jpg', mimeType: 'image/jpeg', buffer }])
  await uploadRow(page, 'four.jpg').waitFor()
  const gone = await takeAway(page, 'groups-screen', true)
  const groups = page.getByRole('link', { name: 'Groups', exact: true })
  await groups.click()
  await page.getByRole('heading', { name: 'There is a new version' }).waitFor()
  await page.getByRole('link', { name: 'Feed', exact: true }).click()
  await page.getByRole('heading', { name: 'Feed', exact: true }).waitFor()
  await groups.click()
  await page.getByRole('heading', { name: 'There is a new version' }).waitFor()
  expect(gone.loads()).toBe(0)
  send()
  await page.getByRole('heading', { name: 'Groups', exact: true }).waitFor()
  expect(gone.loads()).toBe(1)
})

/** As the browser does when there is a network again, and some minutes later while something is left. */
async function wakeWorker(page: Page, lastChance = false): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const found = new Promise<string>((resolve) =>
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      for (const { registrationId, scopeURL } of registrations)
        if (scopeURL === `${journey.stack.siteOrigin}/`) resolve(registrationId)
    }),
  )
  await session.send('ServiceWorker.enable')
  const registrationId = await found
  const { siteOrigin } = journey.stack
  const wake = { origin: siteOrigin, registrationId, tag: 'send-waiting', lastChance }
  await session.send('ServiceWorker.dispatchSyncEvent', wake)
}

/** The worker's PUTs fail from now on, and what it tells where nobody looks (the pinned browser shows nothing) is written down. */
async function breakSending(page: Page): Promise<Worker> {
  const worker = await pollUntil(() => page.context().serviceWorkers()[0] ?? null)
  // As text: a page's types know nothing of a service worker's.
  await worker.evaluate(`(() => {
    Object.assign(globalThis, { told: null, send: fetch })
    fetch = (url, init) => (init?.method === 'PUT' ? Promise.resolve(new Response(null, { status: 418 })) : send(url, init))
    clients.matchAll = async () => []
    Object.defineProperty(Notification, 'permission', { get: () => 'granted' })
    registration.showNotification = async (title, { body }) => void (told = body)
  })()`)
  return worker
}

const keptNames = (page: Page): Promise<string[]> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open('shoebox-kept')
        opening.addEventListener('success', () => {
          const listing = opening.result.transaction('files').objectStore('files').getAll()
          listing.addEventListener('success', () => {
            opening.result.close()
            resolve(listing.result.map(({ file }: { file: File }) => file.name))
          })
        })
      }),
  )

/** An item is shown a moment before its bytes are let go of. */
const untilNoneKept = (page: Page): Promise<unknown> =>
  pollUntil(async () => ((await keptNames(page)).length === 0 ? true : null), {
    timeoutMs: 30_000,
    what: 'what is kept to be let go of',
  })

/** Chooses photos without a network, and waits until the page says that it may be closed. */
async function leaveWaiting(name: string, ...fileNames: string[]): Promise<Page> {
  const page = await openKeptPage()
  await journey.enterAs(page, name)
  await page.context().setOffline(true)
  const files = fileNames.map(async (fileName, i) => ({
    name: fileName,
    mimeType: 'image/jpeg',
    buffer: await (await openScene(400 + i, 300)).jpeg().toBuffer(),
  }))
  await chooseFiles(page, await Promise.all(files))
  await page.getByText('Offline, but kept: you can close Shoebox.').waitFor()
  return page
}

test('photos that waited for a network are sent though their page was closed, and no byte of them stays behind', async () => {
  const page = await leaveWaiting('Gonca', 'one.jpg', 'two.jpg')
  const context = page.context()
  // No page of the app: nobody but the worker is there to send.
  const plain = await context.newPage()
  await page.close()
  await context.setOffline(false)
  await plain.goto(`${journey.stack.siteOrigin}/favicon.svg`)
  expect(await keptNames(plain)).toEqual(['one.jpg', 'two.jpg'])
  const worker = await breakSending(plain)
  await wakeWorker(plain)
  await wakeWorker(plain, true)
  expect(await pollUntil(() => worker.evaluate<string | null>('told'))).toBe(
    '2 files still to be sent. Open Shoebox to go on.',
  )
  await worker.evaluate('fetch = send')
  await wakeWorker(plain)
  await untilNoneKept(plain)
  await plain.goto(journey.stack.siteOrigin)
  await tilesBy(plain, 'Gonca').nth(1).waitFor()
  expect(await tilesBy(plain, 'Gonca').count()).toBe(2)
})

test('where no browser wakes the worker, the next page goes on; signing out deletes what is kept', async () => {
  const page = await leaveWaiting('Hale', 'three.jpg')
  const context = page.context()
  const next = await context.newPage()
  await page.close()
  await context.setOffline(false)
  await next.goto(journey.stack.siteOrigin)
  await tilesBy(next, 'Hale').first().waitFor()
  await untilNoneKept(next)

  await context.setOffline(true)
  const buffer = await (await openScene(300, 410)).jpeg().toBuffer()
  await chooseFiles(next, [{ name: 'four.jpg', mimeType: 'image/jpeg', buffer }])
  await next.getByText('Offline, but kept: you can close Shoebox.').waitFor()
  // What sends it is stopped, so that signing out is what deletes it.
  await next.getByRole('button', { name: 'Pause', exact: true }).click()
  await context.setOffline(false)
  // What is added after the page was hidden, as the end of a clip is that is being filmed when a phone is locked.
  await next.evaluate(() => Object.defineProperty(document, 'hidden', { value: true }))
  await chooseFiles(next, [{ name: 'five.jpg', mimeType: 'image/jpeg', buffer }])
  await pollUntil(async () => (await keptNames(next)).includes('five.jpg'), { what: 'what is added unseen to be kept' })
  await next.getByRole('link', { name: 'You', exact: true }).click()
  await next.getByRole('button', { name: 'Sign out' }).click()
  await untilNoneKept(next)
  const isForgotten = () =>
    next.evaluate(async () => (await caches.match('/api/trpc/account.me', { ignoreSearch: true })) === undefined)
  await pollUntil(isForgotten, { timeoutMs: 10_000, what: 'who was signed in to be forgotten' })
})
