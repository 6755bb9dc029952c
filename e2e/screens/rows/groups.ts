// Groups: their list, a gallery with all that can be done in it, people, settings, and the way in.
import type { Page } from 'playwright-core'
import { allViews, bothWidths, otherWay, type Screen } from '../screen.ts'
import { fail, hold, inTurn, key, press, see, type } from '../steps.ts'
import { groupId, type GroupName } from '../world/group-names.ts'
import { inviteCodes } from '../world/groups.ts'
import type { PictureName } from '../world/pictures.ts'
import type { World } from '../world/world.ts'

const of =
  (name: GroupName, picture?: PictureName) =>
  ({ pictures }: World) => ({
    groupId: groupId(name),
    ...(picture !== undefined && { mediaId: pictures(picture) }),
  })

/** All tiles of `hills`, but one that is hidden. */
const untilTiled = (page: Page) =>
  page.getByRole('list', { name: 'Photos, newest first' }).getByRole('link').nth(7).waitFor()

const chooseTwo = async (page: Page) => {
  await untilTiled(page)
  const checks = await page.getByRole('list', { name: 'Photos, newest first' }).getByRole('checkbox').all()
  // By where they are: rows come into the page in the order in which they are drawn.
  const boxes = await Promise.all(checks.map(async (check) => ({ check, box: await check.boundingBox() })))
  const rankOf = (box: (typeof boxes)[number]['box']) => (box?.y ?? 0) * 10_000 + (box?.x ?? 0)
  const inOrder = boxes.toSorted((one, other) => rankOf(one.box) - rankOf(other.box))
  for (const place of [0, 2]) await inOrder[place]?.check.press('Space')
  await see('2 selected')(page)
}

/** Its QR code says where the site is, which is another port each time. */
const whereTheSiteIs = 'dialog svg[role=img], dialog img, dialog p:has-text("/join/"), dialog span:has-text("/join/")'

const list = { route: '/groups', as: 'ada', see: 'Weekend in the hills' } as const
const group = { route: '/g/:groupId', as: 'ada', see: '9 items', params: of('hills') } as const
const viewer = {
  route: '/g/:groupId/p/:mediaId',
  as: 'ada',
  see: 'Where we had lunch',
  params: of('hills', 'hill'),
} as const
const page = (part: string) => ({ ...group, route: `/g/:groupId/${part}` })

export const groupRows: readonly Screen[] = [
  { ...list, name: 'groups', views: bothWidths },
  { route: '/groups', name: 'groups-visitor', see: 'Groups are for members' },
  { ...list, name: 'groups-empty', as: 'deniz', see: 'No groups yet' },
  {
    ...list,
    name: 'groups-loading',
    as: 'deniz',
    see: 'Groups',
    prepare: hold('groups.mine'),
    show: async (page) => page.getByRole('img', { name: 'Loading' }).waitFor(),
    isWaiting: true,
    isForAxeOnly: true,
  },
  {
    ...list,
    name: 'groups-failed',
    as: 'deniz',
    see: 'Your groups did not load',
    prepare: fail('groups.mine'),
    isForAxeOnly: true,
  },
  {
    ...{ ...list, name: 'groups-new', views: ['phone-dark'] },
    show: inTurn(press('New group'), press('Create group'), see('Give the group a name.')),
  },
  { ...group, name: 'group', views: allViews, show: untilTiled },
  { ...group, name: 'group-empty', params: of('garden'), see: 'Nothing here yet', views: ['desktop-light'] },
  {
    ...group,
    name: 'group-loading',
    see: 'Weekend in the hills',
    prepare: hold('gallery.timeline', 'gallery.page'),
    isWaiting: true,
  },
  { ...group, name: 'group-failed', see: 'The gallery did not load', prepare: fail('gallery.timeline') },
  { ...group, name: 'group-gone', as: 'deniz', see: 'There is no such group', isForAxeOnly: true },
  { ...group, name: 'group-filters', show: inTurn(press('Filters'), press('Videos'), see('Nothing matches')) },
  { ...group, name: 'group-selection', views: bothWidths, show: chooseTwo },
  {
    ...group,
    name: 'group-move',
    show: inTurn(untilTiled, key('Control+a'), see('8 selected'), press('Move'), see('Captions and descriptions')),
  },
  { ...group, name: 'group-invite', show: inTurn(untilTiled, press('Invite'), see('They become')) },
  { ...group, name: 'group-as-viewer', as: 'ela', isForAxeOnly: true },
  { ...viewer, name: 'group-viewer', views: bothWidths },
  {
    ...{ ...viewer, name: 'group-comments', views: ['desktop-light'] },
    show: inTurn(press('Comments, 3'), see('The best sandwich of my life.')),
  },
  {
    ...{ ...viewer, name: 'group-comments-none', params: of('hills', 'wood'), see: 'Ada Lind', isForAxeOnly: true },
    show: inTurn(press('Comments, 0'), see('Nobody has said anything yet.')),
  },
  {
    ...viewer,
    name: 'group-describe',
    show: inTurn(press('Edit caption and description'), see('For people who cannot see it.')),
  },
  { ...page('people'), name: 'people', see: 'Used 2 times', views: otherWay, isWhole: true },
  { ...page('people'), name: 'people-as-viewer', as: 'ela', see: 'Bora Çelik', isForAxeOnly: true },
  {
    ...page('people'),
    name: 'people-remove',
    see: 'Bora Çelik',
    show: inTurn(press('Remove Chidi Okafor?'), see('They lose access')),
    isForAxeOnly: true,
  },
  {
    ...{ ...page('people'), name: 'people-invite', see: 'Used 2 times', mask: whereTheSiteIs },
    show: inTurn(press(`Share ${inviteCodes.hills}`), see('Copy link')),
  },
  { ...page('settings'), name: 'group-settings', see: 'Delete the group', views: bothWidths, isWhole: true },
  {
    ...page('settings'),
    name: 'group-leave',
    see: 'Delete the group',
    show: inTurn(press('Leave'), see('becomes the owner')),
  },
  { ...page('activity'), name: 'group-activity', see: 'Ada Lind made the group', views: otherWay },
  { ...page('activity'), name: 'group-activity-as-viewer', as: 'ela', see: 'Nothing here', isForAxeOnly: true },
  { ...page('trash'), name: 'group-trash', see: '27 days left' },
  { ...page('trash'), name: 'group-trash-empty', params: of('garden'), see: 'The trash is empty' },
  {
    ...{ ...page('hidden'), name: 'hidden-loading', see: 'Hidden', isForAxeOnly: true, isWaiting: true },
    prepare: hold('groups.find'),
  },
  { ...page('hidden'), name: 'hidden', see: 'Show', views: otherWay },
  { ...page('hidden'), name: 'hidden-none', params: of('garden'), see: 'Nothing is hidden', isForAxeOnly: true },
  { ...page('camera'), name: 'group-camera', see: 'Goes to Weekend in the hills', isForAxeOnly: true },

  { name: 'join-code', route: '/join/:code?', as: 'ada', see: 'Code from your friends' },
  {
    ...{ name: 'join-visitor', route: '/join/:code?', see: 'Sunday runners', views: otherWay },
    params: () => ({ code: inviteCodes.runners }),
  },
  {
    ...{ name: 'join', route: '/join/:code?', as: 'deniz', see: 'Sunday runners', isForAxeOnly: true },
    params: () => ({ code: inviteCodes.runners }),
  },
  {
    name: 'join-broken',
    route: '/join/:code?',
    as: 'deniz',
    see: 'Try again',
    params: () => ({ code: '0000000000' }),
    isForAxeOnly: true,
  },
  {
    ...{ name: 'join-member', route: '/join/:code?', as: 'ada', see: 'Open the group', isForAxeOnly: true },
    params: () => ({ code: inviteCodes.hills }),
  },
  {
    ...{ name: 'join-bad-code', route: '/join/:code?', as: 'ada', see: 'Code from your friends' },
    show: inTurn(type('Code from your friends', 'abc'), press('Look it up'), see('A code has ten letters')),
    isForAxeOnly: true,
  },
]
