// What is one's own: profile, security, data, uploads, notifications, the camera, and what another app shared.
import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { bothWidths, otherWay, type Screen } from '../screen.ts'
import { fail, hold, inTurn, press, see } from '../steps.ts'
import type { World } from '../world/world.ts'

const own = (route: string, text: string) => ({ route, see: text, as: 'ada' as const })
const mute = { route: '/mute', search: '?t=a', see: 'Tell me nothing more of it' } as const
const findMute = {
  'notifications.findMute': () => ({ kind: 'group', groupName: 'Weekend in the hills', level: 'all' }),
}

async function chooseAvatar(page: Page): Promise<void> {
  await press('Your picture')(page)
  const buffer = await (await openScene(300, 500)).png().toBuffer()
  await page.locator('input[data-avatar]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer })
  await page.getByRole('application').waitFor()
}

/** As the service worker leaves them when another app shared three pictures. */
async function shareFiles(page: Page, { siteOrigin }: World): Promise<void> {
  await page.goto(`${siteOrigin}/parts`)
  await page.evaluate(async () => {
    const cache = await caches.open('shared-files')
    for (const name of ['a', 'b', 'c'])
      await cache.put(
        `/share/${name}`,
        new Response(name, { headers: { 'content-type': 'image/jpeg', 'x-file-name': name } }),
      )
  })
}

/** Only at an address that says so: a script like this stays with the page. */
async function refuseCamera(page: Page): Promise<void> {
  await page.addInitScript(() => {
    if (location.hash === '#refused')
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))
  })
}

/**
 * A camera that offers what phones do, with one picture and a microphone that never answers. What would end by itself after
 * a second or two stays.
 */
async function offerLens(page: Page): Promise<void> {
  await page.addInitScript(() => {
    if (location.hash !== '#lens') return
    const later = setTimeout
    Object.assign(window, { setTimeout: (run: () => void, ms = 0) => (ms < 1000 ? later(run, ms) : 0) })
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: 640, height: 480 })
    const draw = () => {
      const pen = canvas.getContext('2d')
      const sky = pen?.createLinearGradient(0, 0, 0, 480)
      if (pen == null || sky === undefined) return
      sky.addColorStop(0, '#fff')
      sky.addColorStop(1, '#3a6073')
      pen.fillStyle = sky
      pen.fillRect(0, 0, 640, 480)
    }
    // A picture that nobody draws is not sent.
    setInterval(draw, 100)
    navigator.mediaDevices.getUserMedia = (wish) =>
      wish?.audio === true ? new Promise(() => {}) : Promise.resolve(canvas.captureStream())
    const range = (min: number, max: number, step: number) => ({ min, max, step })
    const lens = { focusMode: ['single-shot'], zoom: range(1, 10, 0.1), exposureCompensation: range(-2, 2, 0.5) }
    MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true, ...lens }) as MediaTrackCapabilities
    MediaStreamTrack.prototype.applyConstraints = () => Promise.resolve()
  })
}

/** Brighter, focused where the preview was tapped, and a clip that waits for its sound. */
async function useLens(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Video' }).click()
  await page.getByLabel('Brightness').press('ArrowRight')
  await page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0)
  await page.getByLabel('What the camera sees').click()
  // Without the end of its animation, to which a picture would bring it.
  await page.locator('[data-focus]').evaluate((ring: HTMLElement) => void (ring.style.animation = 'none'))
  await press('Start recording')(page)
}

const chosen = (name: string, mimeType: string, buffer: Buffer) => ({ name, mimeType, buffer })

/** These are sent for ever, and two other files are refused at once. */
const sendFiles =
  (...names: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await page.route(
      (url) => url.searchParams.has('X-Amz-Signature'),
      () => undefined,
    )
    // What follows a picture's end is not seen: each is another file, and none is a duplicate.
    const picture = await (await openScene(900, 600)).png().toBuffer()
    const pictures = names.map((name) => chosen(name, 'image/png', Buffer.concat([picture, randomBytes(16)])))
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([
        ...pictures,
        chosen('notes.pdf', 'application/pdf', Buffer.from('%PDF')),
        chosen('nothing.jpg', 'image/jpeg', Buffer.alloc(0)),
      ])
    await see('notes.pdf')(page)
    await see('Sending 0 %')(page)
  }

const leaveRoomForOne = {
  'uploads.begin': (told: unknown) => {
    const [first, ...others] = (told as { files: readonly unknown[] }).files
    return { files: [first, ...others.map(() => ({ ok: false, code: 'over_day_quota' }))] }
  },
}

export const ownRows: readonly Screen[] = [
  { ...own('/you', 'Added in all'), name: 'you', views: bothWidths, isWhole: true },
  { ...own('/you', 'Bugün eklediğin'), name: 'you-turkish', views: ['phone-dark'], locale: 'tr-TR', isWhole: true },
  { ...own('/you', 'Added in all'), name: 'you-edit', show: inTurn(press('Edit'), see('Your profile')) },
  { ...own('/you', 'Added in all'), name: 'you-picture', views: ['phone-dark'], show: chooseAvatar },
  { ...own('/you/security', 'This browser'), name: 'security', views: otherWay, isWhole: true },
  {
    ...{ ...own('/you/security', 'This browser'), name: 'security-forms', isWhole: true },
    show: inTurn(press('Change password'), press('Change password'), press('Change address'), see('New address')),
  },
  { ...own('/you/data', 'Ask for a copy'), name: 'data', views: bothWidths, isWhole: true },
  {
    ...own('/you/data', 'Ask for a copy'),
    name: 'data-delete',
    show: inTurn(press('Delete your account'), see('There is no way back')),
  },
  { ...own('/you/trash', '27 days left'), name: 'own-trash', views: otherWay },
  { ...own('/you/trash', 'The trash is empty'), name: 'own-trash-empty', as: 'deniz', isForAxeOnly: true },
  { ...own('/you/blocked', 'Finn Berg'), name: 'blocked', views: bothWidths },
  { ...own('/you/blocked', 'Nobody is blocked'), name: 'blocked-empty', as: 'deniz', isForAxeOnly: true },
  { ...own('/you/uploads', '24 MB of 48 MB have arrived'), name: 'uploads', views: otherWay, isWhole: true },
  { ...own('/you/uploads', 'Nothing added yet'), name: 'uploads-empty', as: 'deniz' },
  {
    ...own('/you/uploads', 'Your uploads did not load'),
    name: 'uploads-failed',
    as: 'deniz',
    prepare: fail('uploads.mine'),
    isForAxeOnly: true,
  },
  { ...own('/you/uploads', 'My uploads'), name: 'uploads-sending', as: 'pat', show: sendFiles('Morning.png') },
  {
    ...{ ...own('/', 'Feed'), name: 'upload-panel', as: 'uma', views: bothWidths, answers: leaveRoomForOne },
    show: inTurn(sendFiles('Morning.png', 'Noon.png'), see('1 of 4 didn’t fit in the daily quota')),
  },
  {
    ...{ ...own('/', 'Feed'), name: 'upload-pill', as: 'uma', views: ['phone-dark'] },
    show: inTurn(sendFiles('Morning.png'), press('Collapse')),
  },
  { ...own('/notifications', 'Gül Şahin'), name: 'notifications', views: bothWidths },
  { ...own('/notifications', 'Nothing yet'), name: 'notifications-empty', as: 'deniz' },
  {
    ...own('/notifications', 'Notifications'),
    name: 'notifications-loading',
    as: 'deniz',
    prepare: hold('notifications.list'),
    isWaiting: true,
    isForAxeOnly: true,
  },
  {
    ...own('/notifications/settings', 'Of your groups'),
    name: 'notification-settings',
    views: otherWay,
    isWhole: true,
  },
  { ...mute, name: 'mute', views: bothWidths, answers: findMute },
  { ...mute, name: 'mute-broken', see: 'This link does not work', isForAxeOnly: true },
  { ...own('/camera', 'Goes to the public feed'), name: 'camera', views: ['desktop-light'], mask: 'video' },
  {
    ...{ ...own('/camera', 'Goes to the public feed'), name: 'camera-lens', views: ['phone-dark'], search: '#lens' },
    prepare: offerLens,
    show: useLens,
  },
  {
    ...own('/camera', 'The camera is not allowed'),
    name: 'camera-refused',
    views: ['phone-dark'],
    search: '#refused',
    prepare: refuseCamera,
  },
  { name: 'camera-visitor', route: '/camera', see: 'Sign in to use the camera', isForAxeOnly: true },
  { ...own('/share', 'Everyone can see it'), name: 'share', views: bothWidths, prepare: shareFiles },
  { ...own('/share', 'Nothing was shared'), name: 'share-nothing', isForAxeOnly: true },
]
