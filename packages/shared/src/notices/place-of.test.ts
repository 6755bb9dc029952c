import { expect, test } from 'vitest'
import { makeId } from '../ids.ts'
import { placeOf, type Noticed } from './place-of.ts'

const groupId = makeId('group', 0, new Uint8Array(10))
const mediaId = makeId('media', 0, new Uint8Array(10))
const place = (changes: Partial<Noticed>) => placeOf({ kind: 'items_added', groupId, mediaId, count: 1, ...changes })

test('it leads to the item while it is there, and to its place otherwise', () => {
  const home = `/g/${groupId}`
  expect(place({ kind: 'commented' })).toBe(`${home}/p/${mediaId}`)
  expect(place({ kind: 'liked', groupId: null })).toBe(`/p/${mediaId}`)
  expect(place({ kind: 'liked', mediaId: null })).toBe(home)
  expect(place({ count: 50 })).toBe(home)
  expect(place({ kind: 'join_requested', mediaId: null })).toBe(`${home}/people`)
  expect(place({ kind: 'removed', mediaId: null })).toBe('/groups')
  expect(place({ kind: 'item_removed' })).toBe('/you/trash')
  expect(place({ kind: 'item_quarantined', groupId: null })).toBe('/you/uploads')
  expect(place({ kind: 'report_upheld', groupId: null, mediaId: null })).toBe('/notifications')
})
