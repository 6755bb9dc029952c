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

const chosen = (name: string, mimeType: string, buffer: Buffer) => ({ name, mimeType, buffer })

/** Three files: one is sent for ever, two are refused at once. */
async function sendFiles(page: Page): Promise<void> {
  await page.route(
    (url) => url.searchParams.has('X-Amz-Signature'),
    () => undefined,
  )
  // What follows a picture's end is not seen: each is another file, and none is a duplicate.
  const picture = Buffer.concat([await (await openScene(900, 600)).png().toBuffer(), randomBytes(16)])
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([
      chosen('Morning.png', 'image/png', picture),
      chosen('notes.pdf', 'application/pdf', Buffer.from('%PDF')),
      chosen('nothing.jpg', 'image/jpeg', Buffer.alloc(0)),
    ])
  await see('notes.pdf')(page)
  await see('Sending 0 %')(page)
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
  { ...own('/you/uploads', 'My uploads'), name: 'uploads-sending', as: 'pat', show: sendFiles },
  { ...own('/', 'Feed'), name: 'upload-panel', as: 'uma', views: bothWidths, show: sendFiles },
  {
    ...{ ...own('/', 'Feed'), name: 'upload-pill', as: 'uma', views: ['phone-dark'] },
    show: inTurn(sendFiles, press('Collapse')),
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
  { ...own('/camera', 'Goes to the public feed'), name: 'camera', views: otherWay, mask: 'video' },
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
