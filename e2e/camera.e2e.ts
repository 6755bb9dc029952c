// The camera page with Chromium's own fake camera: what is taken goes up by itself and appears in the feed.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApiClient } from '@shoebox/testing/api-client.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { findViolations } from './find-violations.ts'
import { startJourney, type Journey } from './journey.ts'

const fakeCamera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']

let journey: Journey
beforeAll(async () => {
  journey = await startJourney({ browserFlags: fakeCamera })
})
afterAll(() => journey?.stop())

const camera = (page: Page) => page.getByRole('dialog', { name: 'Camera' })
const button = (page: Page, name: string) => camera(page).getByRole('button', { name })
const arrived = (page: Page) => camera(page).getByText('In the feed').waitFor({ timeout: 60_000 })
/** So many seconds, or more: a busy page passes over some. */
const recorded = (page: Page, seconds: number) =>
  camera(page)
    .getByRole('timer', { name: 'Recorded' })
    .getByText(new RegExp(`^0:(0[${seconds}-9]|[1-5][0-9])$`))
    .waitFor()

/** Whether the browser would ask before it leaves the page. */
const isLeavingAsked = (page: Page) =>
  page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })))

/** Replaces what the page is told of cameras, before it asks. */
const failWith = (page: Page, error: string) =>
  page.addInitScript((name) => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', name))
  }, error)

test('a photo and a clip, taken by keyboard, reach the feed and can be looked at', async () => {
  const page = await journey.openPage('/', { permissions: ['camera', 'microphone'] })
  await journey.enterAs(page, 'Noor')
  await page.getByRole('link', { name: 'Open the camera' }).click()
  await button(page, 'Take a photo').waitFor()
  await camera(page).getByText('Goes to the public feed').waitFor()
  await page.keyboard.press(' ')
  await arrived(page)

  await page.keyboard.press('v')
  await page.keyboard.press(' ')
  await button(page, 'Stop recording').waitFor()
  await recorded(page, 2)
  expect(await isLeavingAsked(page)).toBe(true)
  await page.keyboard.press(' ')
  await camera(page).getByText('1 on its way').waitFor()
  expect(await isLeavingAsked(page)).toBe(true)
  await arrived(page)
  expect(await isLeavingAsked(page)).toBe(false)

  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Photo by Noor' }).waitFor()
  await page.getByRole('link', { name: 'Video by Noor' }).click()
  const video = page.getByRole('dialog').locator('video')
  await pollUntil(() => video.evaluate((media: HTMLVideoElement) => media.videoWidth > 0), { what: 'its picture' })
  expect(journey.complaints).toEqual([])
})

test('a clip that leaving the camera of a group cuts short goes to the group, whatever page comes next', async () => {
  const page = await journey.openPage('/', { permissions: ['camera', 'microphone'] })
  await journey.enterAs(page, 'Rolf')
  await page.getByRole('link', { name: 'Groups' }).click()
  await page.getByRole('button', { name: 'New group' }).click()
  await page.getByLabel('Name').fill('Climbers')
  await page.getByRole('button', { name: 'Create group' }).click()
  await page.getByRole('heading', { name: 'Climbers', exact: true }).waitFor()
  await page.getByRole('link', { name: 'Open the camera' }).click()
  await button(page, 'Take a photo').waitFor()
  await page.keyboard.press('v')
  await page.keyboard.press(' ')
  await recorded(page, 3)
  await page.evaluate(() => history.go(-2))
  await page.getByRole('heading', { name: 'Groups', exact: true }).waitFor()
  await page.getByRole('button', { name: /^Show uploads/ }).click()
  await page.getByRole('region', { name: 'Uploads' }).getByText('In Climbers').waitFor({ timeout: 60_000 })
  const { items } = await createApiClient(journey.stack.siteOrigin).api.feed.page.query({})
  expect(items.filter(({ owner }) => owner.name === 'Rolf')).toEqual([])
})

test('a clip after the page was hidden has its sound, and one without a microphone says that it has none', async () => {
  const page = await journey.openPage('/', { permissions: ['camera', 'microphone'] })
  await page.addInitScript(() => {
    MediaRecorder.prototype.start = new Proxy(MediaRecorder.prototype.start, {
      apply(start, recorder: MediaRecorder, told) {
        const { dataset } = document.documentElement
        dataset['sounds'] = `${dataset['sounds'] ?? ''}${recorder.stream.getAudioTracks().length}`
        return Reflect.apply(start, recorder, told)
      },
    })
  })
  await journey.enterAs(page, 'Tilda')
  await page.goto(`${journey.stack.siteOrigin}/camera`)
  const record = async () => {
    await button(page, 'Start recording').click()
    await button(page, 'Stop recording').click()
  }
  const comeBack = async () => {
    for (const isHidden of [true, false])
      await page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      }, isHidden)
  }
  await camera(page).getByRole('radio', { name: 'Video' }).click()
  await record()
  await arrived(page)
  await comeBack()
  await record()
  await button(page, 'Start recording').waitFor()
  await page.evaluate(() => {
    const { mediaDevices } = navigator
    const ask = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = (wish) =>
      wish?.audio === true ? Promise.reject(new DOMException('', 'NotAllowedError')) : ask(wish)
  })
  await comeBack()
  await record()
  await camera(page).getByText('Without sound').first().waitFor()
  await page.evaluate(() => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
    navigator.mediaDevices.getUserMedia = (wish) => (wish?.audio === true ? new Promise(() => {}) : ask(wish))
  })
  await comeBack()
  // The question stands: the clip begins without its answer.
  await record()
  await button(page, 'Start recording').waitFor()
  expect(await page.evaluate(() => document.documentElement.dataset['sounds'])).toBe('1100')
})

test('a clip of more than 16 MB whose page is closed without a network is sent by the next one', async () => {
  const page = await journey.openPage('/', { permissions: ['camera', 'microphone'] })
  await journey.enterAs(page, 'Umut')
  await page.addInitScript(() => {
    // As after a minute: the end of a film that players skip.
    const skipped = { mp4: [0x01, 0, 0, 0x08, 0x66, 0x72, 0x65, 0x65], webm: [0xec, 0x11, 0, 0, 0] }
    window.File = class extends File {
      constructor(parts: BlobPart[], name: string, options?: FilePropertyBag) {
        const head = name.endsWith('.mp4') ? skipped.mp4 : skipped.webm
        super([...parts, new Uint8Array(head), new Uint8Array(2 ** 24)], name, options)
      }
    }
    // The queue has come when it looks for what others left here, which it does under a lock.
    LockManager.prototype.request = new Proxy(LockManager.prototype.request, {
      apply(request, locks: LockManager, asked) {
        document.documentElement.dataset['queue'] = 'there'
        return Reflect.apply(request, locks, asked)
      },
    })
  })
  await page.goto(`${journey.stack.siteOrigin}/camera`)
  await page.locator('html[data-queue]').waitFor({ state: 'attached' })
  await camera(page).getByRole('radio', { name: 'Video' }).click()
  await page.context().setOffline(true)
  await button(page, 'Start recording').click()
  await recorded(page, 2)
  await button(page, 'Stop recording').click()
  await camera(page).getByText('1 on its way').waitFor()
  const next = await page.context().newPage()
  await pollUntil(async () => !(await isLeavingAsked(page)), { timeoutMs: 20_000, what: 'the clip to be kept' })
  await page.close()
  await page.context().setOffline(false)
  await next.goto(journey.stack.siteOrigin)
  await next.getByRole('link', { name: 'Video by Umut' }).waitFor({ timeout: 45_000 })
})

test('a photo that the day has no room for outlives its page, and is sent by one of another day', async () => {
  const page = await journey.openPage('/', { permissions: ['camera'] })
  await journey.enterAs(page, 'Ruth')
  await page.route('**/api/trpc/uploads.begin', (route) =>
    route.fulfill({ json: { result: { data: { files: [{ ok: false, code: 'over_day_quota' }] } } } }),
  )
  await page.goto(`${journey.stack.siteOrigin}/camera`)
  await button(page, 'Take a photo').click()
  await camera(page).getByText('Not everything was taken.').waitFor()
  const next = await page.context().newPage()
  // Whoever sends a file holds its lock, from the moment it is kept.
  const isKept = () =>
    page.evaluate(async () =>
      (await navigator.locks.query()).held?.some(({ name }) => name?.startsWith('shoebox.kept.')),
    )
  await pollUntil(isKept, { what: 'the photo to be kept' })
  await page.close()
  await next.goto(journey.stack.siteOrigin)
  await next.getByRole('link', { name: 'Photo by Ruth' }).waitFor({ timeout: 45_000 })
})

test('a clip with nothing in it is told of', async () => {
  const page = await journey.openPage('/', { permissions: ['camera', 'microphone'] })
  await journey.enterAs(page, 'Silke')
  // A camera that never gives a picture.
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = (wish) =>
      wish?.audio === true
        ? Promise.reject(new DOMException('', 'NotFoundError'))
        : Promise.resolve(document.createElement('canvas').captureStream(0))
  })
  await page.goto(`${journey.stack.siteOrigin}/camera`)
  await button(page, 'Take a photo').waitFor()
  await page.keyboard.press('v')
  await page.keyboard.press(' ')
  await button(page, 'Stop recording').click()
  await camera(page).getByText('Nothing was recorded').waitFor()
})

test('the timer counts down before the photo, and a second press stops it', async () => {
  const page = await journey.openPage('/', { permissions: ['camera'] })
  await journey.enterAs(page, 'Olga')
  await page.goto(`${journey.stack.siteOrigin}/camera`)
  await button(page, 'Timer off').click()
  await button(page, 'Take a photo').click()
  await button(page, 'Stop the timer').click()
  expect(await camera(page).getByText('on its way').count()).toBe(0)
  await button(page, 'Take a photo').click()
  await camera(page).getByText('2', { exact: true }).waitFor()
  await arrived(page)
})

/** What a phone's track offers, and Chromium's own camera does not. What it is asked for is kept. */
const offerLens = (page: Page) =>
  page.addInitScript(() => {
    const { prototype } = MediaStreamTrack
    const range = (min: number, max: number, step: number) => ({ min, max, step })
    const lens = {
      focusMode: ['single-shot', 'continuous'],
      zoom: range(1, 10, 0.1),
      exposureCompensation: range(-2, 2, 0.5),
    }
    prototype.getCapabilities = () => lens as MediaTrackCapabilities
    prototype.applyConstraints = (wish) => {
      document.documentElement.dataset['wish'] = JSON.stringify(wish?.advanced?.[0])
      return Promise.resolve()
    }
  })

test('a tap focuses and keys set zoom and exposure where the camera offers them, and nothing shows where it does not', async () => {
  const page = await journey.openPage('/', { permissions: ['camera'] })
  await journey.enterAs(page, 'Vera')
  await page.goto(`${journey.stack.siteOrigin}/camera`)
  const preview = camera(page).getByLabel('What the camera sees')
  const sliders = camera(page).getByRole('slider')
  const ring = camera(page).locator('[data-focus]')
  const isSeen = () => preview.evaluate((video: HTMLVideoElement) => video.videoWidth > 0)
  const wish = () => page.evaluate(() => JSON.parse(document.documentElement.dataset['wish'] ?? 'null') as unknown)
  await pollUntil(isSeen, { what: 'the picture' })
  await preview.click()
  expect([await ring.count(), await sliders.count()]).toEqual([0, 0])

  await offerLens(page)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.reload()
  await pollUntil(isSeen, { what: 'the picture' })
  // It is there for a second.
  await Promise.all([ring.waitFor(), preview.click()])
  expect(await wish()).toEqual({
    pointsOfInterest: [{ x: expect.closeTo(0.5, 1), y: expect.closeTo(0.5, 1) }],
    focusMode: 'single-shot',
  })
  await ring.waitFor({ state: 'detached' })
  await sliders.and(page.getByLabel('Brightness')).press('ArrowRight')
  expect(await wish()).toEqual({ exposureCompensation: 0.5 })
  expect(await sliders.first().getAttribute('aria-valuetext')).toBe('+0.5')
  await sliders.and(page.getByLabel('Zoom')).press('End')
  expect(await wish()).toEqual({ zoom: 10 })
  expect(await findViolations(page)).toEqual([])
})

test('the camera is asked for once, and let go when the page is left', async () => {
  const page = await journey.openPage('/', { permissions: ['camera'] })
  await page.addInitScript(() => {
    const { mediaDevices } = navigator
    const ask = mediaDevices.getUserMedia.bind(mediaDevices)
    let asked = 0
    mediaDevices.getUserMedia = (wish) => {
      document.documentElement.dataset['asked'] = String((asked += 1))
      return ask(wish)
    }
  })
  await journey.enterAs(page, 'Pia')
  await page.goto(`${journey.stack.siteOrigin}/camera`)
  await button(page, 'Take a photo').waitFor()
  const track = await page.evaluateHandle(() => {
    const { srcObject } = document.querySelector('video') as HTMLVideoElement
    return (srcObject as MediaStream).getVideoTracks()[0]
  })
  expect(await track.evaluate((one) => one?.readyState)).toBe('live')
  await page.keyboard.press('Escape')
  await camera(page).waitFor({ state: 'detached' })
  expect(await track.evaluate((one) => one?.readyState)).toBe('ended')
  expect(await page.evaluate(() => document.documentElement.dataset['asked'])).toBe('1')
})

test.each([
  ['NotAllowedError', 'The camera is not allowed'],
  ['NotFoundError', 'There is no camera'],
  ['NotReadableError', 'The camera is in use'],
])('a camera that answers %s is explained, with another try and a way to choose files', async (error, sentence) => {
  const page = await journey.openPage('/')
  await journey.enterAs(page, 'Quinn')
  await failWith(page, error)
  await page.goto(`${journey.stack.siteOrigin}/camera`)
  await camera(page).getByRole('alert').getByText(sentence).waitFor()
  await button(page, 'Add photos').waitFor()
  await button(page, 'Try again').click()
  await camera(page).getByText(sentence).waitFor()
})

test('a visitor is led to sign in and comes back to the camera', async () => {
  const page = await journey.openPage('/camera')
  await camera(page).getByText('Sign in to use the camera').waitFor()
  await camera(page).getByRole('link', { name: 'Sign in' }).click()
  await page.waitForURL((url) => url.pathname === '/sign-in' && url.searchParams.get('next') === '/camera')
})
