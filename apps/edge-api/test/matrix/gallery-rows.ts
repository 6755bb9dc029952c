import type { World } from '../authorisation-world.ts'
import { anyMember, hasItems, hasMoved, members, ownOnly, signedIn, type Row } from './row.ts'

const group = ({ groupId }: World) => ({ groupId })
const items = (id: 'itemId' | 'trashedId' | 'takenOutId' | 'hiddenId') => (world: World) => ({ mediaIds: [world[id]] })
const everyMember = { viewer: 'ok', contributor: 'ok', admin: 'ok', owner: 'ok' } as const
const admins = { viewer: 'nothing', contributor: 'nothing', admin: 'ok', owner: 'ok' } as const
const sinceCursor = 'bXFlZzVjMDAuMDAwMDAwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAw'

export const galleryRows = {
  'gallery.timeline': { input: group, expected: anyMember },
  'gallery.page': { input: group, expected: anyMember },
  'gallery.ids': { input: group, expected: anyMember },
  'gallery.since': { input: (world) => ({ ...group(world), after: sinceCursor }), expected: anyMember },
  'gallery.item': { input: ({ itemId }) => ({ mediaId: itemId }), expected: anyMember },
  'gallery.hidden': { input: group, expected: anyMember },
  // One's own; admins see what admins took out as well.
  'gallery.trash': {
    input: group,
    expected: members({ ...admins, contributor: 'ok' }, 'nothing'),
    isSomething: hasItems,
  },
  'gallery.moveToTrash': {
    input: items('itemId'),
    expected: members({ ...admins, contributor: 'ok' }, 'nothing'),
    isSomething: hasMoved,
  },
  // What an admin took out only admins put back; the test of the gallery covers that.
  'gallery.restore': { input: items('trashedId'), expected: ownOnly('nothing'), isSomething: hasMoved },
  'gallery.emptyTrash': {
    input: items('takenOutId'),
    expected: ownOnly('nothing'),
    isSomething: (data: { purged: number }) => data.purged > 0,
  },
  'gallery.hide': { input: items('itemId'), expected: members(everyMember, 'nothing'), isSomething: hasMoved },
  // Whatever one has not hidden stays as it is.
  'gallery.unhide': { input: items('hiddenId'), expected: signedIn('ok') },
  'gallery.move': {
    input: (world) => ({ ...items('itemId')(world), toGroupId: null, withoutWords: true }),
    expected: ownOnly('nothing'),
    isSomething: hasMoved,
  },
  'gallery.describe': { input: ({ itemId }) => ({ mediaId: itemId, caption: 'Sea' }), expected: ownOnly() },

  'comments.list': { input: ({ itemId }) => ({ mediaId: itemId }), expected: anyMember },
  'comments.add': { input: ({ itemId }) => ({ mediaId: itemId, text: 'Oh!' }), expected: anyMember },
  'comments.remove': {
    input: ({ commentId }) => ({ commentId }),
    expected: members({ viewer: 'not_found', contributor: 'ok', admin: 'ok', owner: 'ok' }),
  },

  // The contributor's own; the test of originals covers what others get by the group's policy.
  'originals.sign': {
    input: ({ itemId }) => ({ mediaId: itemId }),
    expected: members({ viewer: 'no_copy', contributor: 'ok', admin: 'no_copy', owner: 'no_copy' }),
  },
  // What is not signed is named with its reason, which tells no more than a refusal does.
  'originals.signMany': {
    input: items('itemId'),
    expected: ownOnly('nothing'),
    isSomething: hasItems,
  },

  'likes.like': { input: ({ itemId }) => ({ mediaId: itemId }), expected: anyMember },
  'likes.unlike': { input: ({ itemId }) => ({ mediaId: itemId }), expected: anyMember },
} as const satisfies Record<string, Row>
