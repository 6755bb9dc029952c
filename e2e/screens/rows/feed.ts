// The feed, what opens over it, people's pages, and the address where nothing is.
import type { Page } from 'playwright-core'
import { allViews, bothWidths, otherWay, type Screen } from '../screen.ts'
import { fail, goOffline, hasButton, hold, inTurn, key, press, see } from '../steps.ts'
import { personId } from '../world/people.ts'
import type { PictureName } from '../world/pictures.ts'
import type { World } from '../world/world.ts'

const item =
  (name: PictureName) =>
  ({ pictures }: World) => ({ mediaId: pictures(name) })
const nobodys = 'med_01990000-0000-7000-8000-000000000000'
const empty = () => ({ items: [], nextCursor: null, sinceCursor: '' })

/** Played media shows its first frame once it has one. */
const untilPlayable = (page: Page) =>
  page.waitForFunction(() => document.querySelector<HTMLMediaElement>('video, audio')?.readyState === 4)

/** What comes of them is nothing that a browser knows. */
async function breakPlay(page: Page): Promise<void> {
  await page.route(
    (url) => url.pathname.endsWith('/play'),
    (route) => route.fulfill({ headers: { 'access-control-allow-origin': '*' }, body: 'neither film nor sound' }),
  )
}

/** As where the sound of a film is known and its picture is not. */
const losePicture = (page: Page) =>
  page.evaluate(() => {
    const film = document.querySelector('video')
    if (film === null) throw new Error('there is no film')
    Object.defineProperty(film, 'videoWidth', { value: 0 })
    film.dispatchEvent(new Event('loadeddata'))
  })

async function dragFileOver(page: Page): Promise<void> {
  const dataTransfer = await page.evaluateHandle(() => {
    const data = new DataTransfer()
    data.items.add(new File(['a'], 'a.jpg', { type: 'image/jpeg' }))
    return data
  })
  await page.dispatchEvent('main', 'dragenter', { dataTransfer })
  await see('Drop to add')(page)
}

const feed = { route: '/', as: 'ada', see: 'Feed' } as const
const viewer = { route: '/p/:mediaId', as: 'ada', see: 'Ada Lind', params: item('morning') } as const

export const feedRows: readonly Screen[] = [
  { ...feed, name: 'feed', views: allViews },
  { name: 'feed-visitor', route: '/', see: 'One box for everyone’s photos.', views: ['desktop-light'] },
  { ...feed, name: 'feed-empty', as: 'deniz', see: 'The box is still empty', answers: { 'feed.page': empty } },
  { ...feed, name: 'feed-loading', as: 'deniz', prepare: hold('feed.page'), isWaiting: true },
  { ...feed, name: 'feed-failed', as: 'deniz', see: 'The feed did not load', prepare: fail('feed.page') },
  { ...feed, name: 'feed-offline', views: ['phone-dark'], show: inTurn(goOffline, see('You are offline.')) },
  { ...feed, name: 'feed-keys', views: ['desktop-light'], show: inTurn(key('?'), see('Keyboard shortcuts')) },
  { ...feed, name: 'feed-drop', views: ['desktop-dark'], show: dragFileOver },
  { ...viewer, name: 'viewer', views: bothWidths },
  { ...viewer, name: 'viewer-details', views: otherWay, show: inTurn(press('Details'), see('Fujifilm X-T5')) },
  {
    ...{ ...viewer, name: 'viewer-person-menu', params: item('dusk'), see: 'Bora Çelik' },
    show: inTurn(press('What you can do about Bora Çelik'), see('Report this item')),
    isForAxeOnly: true,
  },
  { ...viewer, name: 'viewer-slideshow', isForAxeOnly: true, show: inTurn(key('s'), hasButton('Pause')) },
  {
    ...{ ...viewer, name: 'viewer-block', params: item('dusk'), see: 'Bora Çelik', isForAxeOnly: true },
    show: inTurn(press('What you can do about Bora Çelik'), press('Block'), see('Block Bora Çelik?')),
  },
  {
    ...{ ...viewer, name: 'viewer-report', params: item('dusk'), see: 'Bora Çelik', views: ['phone-dark'] },
    show: inTurn(press('What you can do about Bora Çelik'), press('Report this item'), see('What is wrong?')),
  },
  { ...viewer, name: 'viewer-gone', params: () => ({ mediaId: nobodys }), see: 'This photo is not here' },
  {
    ...{ ...viewer, name: 'viewer-film', params: item('film'), see: 'Bora Çelik', views: ['desktop-light'] },
    show: async (page) => void (await untilPlayable(page)),
  },
  {
    ...{ ...viewer, name: 'viewer-sound', params: item('sound'), see: 'A tone', views: ['phone-dark'] },
    show: async (page) => void (await untilPlayable(page)),
  },
  {
    ...{ ...viewer, name: 'viewer-film-unknown', params: item('film'), see: 'Bora Çelik', prepare: breakPlay },
    show: see('Your browser cannot play H.264.'),
  },
  {
    ...{ ...viewer, name: 'viewer-film-heard', params: item('film'), see: 'Bora Çelik', isForAxeOnly: true },
    show: inTurn(async (page) => void (await untilPlayable(page)), losePicture, see('only play the sound')),
  },
  {
    ...{ ...viewer, name: 'viewer-sound-unknown', params: item('sound'), see: 'A tone', isForAxeOnly: true },
    prepare: breakPlay,
    show: see('Your browser cannot play MP3.'),
  },
  { ...viewer, name: 'viewer-held', as: 'gul', params: item('waiting'), see: 'Waits for a review' },

  {
    name: 'person',
    route: '/u/:userId',
    params: () => ({ userId: personId('bora') }),
    see: 'Bora Çelik',
    views: bothWidths,
  },
  {
    name: 'person-own',
    as: 'gul',
    route: '/u/:userId',
    params: () => ({ userId: personId('gul') }),
    see: 'Waiting for a review: 2',
  },
  {
    ...{ name: 'person-viewer', route: '/u/:userId/p/:mediaId', see: 'Bora Çelik', views: ['desktop-light'] },
    params: (world) => ({ userId: personId('bora'), ...item('spring')(world) }),
  },
  {
    ...{ name: 'person-nobody', route: '/u/:userId', see: 'There is nobody at this address.' },
    params: () => ({ userId: 'usr_01990000-0000-7000-8000-000000000000' }),
    isForAxeOnly: true,
  },
  { name: 'nothing-here', route: '*', see: 'Nothing here', views: bothWidths },
  { name: 'parts', route: '/parts', see: 'Parts', views: allViews, isWhole: true },
  { name: 'parts-sheet', route: '/parts', see: 'Parts', show: press('Show uploads'), isForAxeOnly: true },
  { name: 'parts-toast', route: '/parts', see: 'Parts', show: press('Like'), isForAxeOnly: true },
  {
    name: 'health',
    route: '/health',
    see: 'Everything works',
    views: otherWay,
    prepare: (page) => tellHealth(page, 'up'),
  },
  { name: 'health-broken', route: '/health', see: 'does not work', prepare: (page) => tellHealth(page, 'down') },
  {
    ...{
      name: 'health-gone',
      route: '/health',
      see: 'Shoebox does not answer',
      views: ['desktop-dark'],
      isForAxeOnly: true,
    },
    prepare: async (page) => void (await page.route('**/api/health/ready', (route) => route.abort())),
  },
]

async function tellHealth(page: Page, films: 'up' | 'down'): Promise<void> {
  await page.route('**/api/health/ready', (route) => {
    const parts = { pictures: 'up', films, sounds: 'up', mail: 'up', upkeep: 'up' }
    const canary = { isOk: films === 'up', endedAt: '2026-06-15T09:24:00.000Z' }
    return route.fulfill({ json: { isReady: true, parts, canary } })
  })
}
