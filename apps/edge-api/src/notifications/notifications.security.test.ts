// What the list of notifications says to whom. That it is one's own alone is the matrix too.
import { beforeAll, expect, test } from 'vitest'
import { closeQuiet, tellNotices } from '@shoebox/db/stores/notification-store.ts'
import type { GroupId } from '@shoebox/shared/ids.ts'
import { addGroup, addPerson, addPicture, type Person } from '../../test/group-world.ts'
import { openEdge } from '../../test/open-edge.ts'
import type { ListOutput } from './notifications.schema.ts'

const { edge, db } = await openEdge()
let owner: Person
let member: Person
let groupId: GroupId

beforeAll(async () => {
  owner = await addPerson(db, edge, 'Olga')
  member = await addPerson(db, edge, 'Mia')
  groupId = await addGroup(db, [
    [owner, 'owner'],
    [member, 'contributor'],
  ])
})
const tell = async () => {
  await tellNotices(db, 100)
  await closeQuiet(db, Date.now())
}
const listOf = async ({ visitor }: Person) =>
  ((await visitor.query('notifications.list')).data as ListOutput).notifications
const unreadOf = async ({ visitor }: Person) =>
  ((await visitor.query('notifications.unreadCount')).data as { count: number }).count

test('what somebody says and likes is told to whose item it is, with nothing that is not theirs to see', async () => {
  const mediaId = await addPicture(db, member, groupId)
  await owner.visitor.mutate('comments.add', { mediaId, text: 'A secret word' })
  await owner.visitor.mutate('likes.like', { mediaId })
  expect(await listOf(member), 'nothing in the request itself').toEqual([])
  await tell()
  const told = await listOf(member)
  expect(told.map(({ kind }) => kind).toSorted()).toEqual(['commented', 'liked'])
  expect(told[0]).toEqual({
    id: expect.any(Number) as number,
    kind: expect.any(String) as string,
    actor: { id: owner.userId, name: 'Olga', avatar: null },
    group: { id: groupId, name: 'Friends', role: 'contributor' },
    mediaId,
    count: 1,
    lastAt: expect.any(String) as string,
    isRead: false,
  })
  expect(JSON.stringify(told)).not.toContain('secret')
  expect([await listOf(owner), await unreadOf(owner), await unreadOf(member)]).toEqual([[], 0, 2])
})

test('marking as read is for one’s own list, and only up to what was shown', async () => {
  const [latest] = await listOf(member)
  if (latest === undefined) throw new Error('nothing was told')
  await owner.visitor.mutate('notifications.markRead', { until: latest.lastAt })
  expect(await unreadOf(member), 'by somebody else').toBe(2)
  await member.visitor.mutate('notifications.markRead', { until: new Date(0).toISOString() })
  expect(await unreadOf(member), 'before anything came').toBe(2)
  await member.visitor.mutate('notifications.markRead', { until: latest.lastAt })
  expect([await unreadOf(member), (await listOf(member)).map(({ isRead }) => isRead)]).toEqual([0, [true, true]])
})

test.each(['', 'yesterday', '2026-13-01T00:00:00.000Z', null])('%j is no moment', async (until) => {
  expect((await member.visitor.mutate('notifications.markRead', { until })).status).toBe(400)
})

test('an item that was deleted is not named, and of a group that one left nothing is told', async () => {
  const mediaId = await addPicture(db, member, groupId)
  await owner.visitor.mutate('likes.like', { mediaId })
  await tell()
  await member.visitor.mutate('gallery.moveToTrash', { mediaIds: [mediaId] })
  expect((await listOf(member)).map((one) => one.mediaId)).not.toContain(mediaId)
  await member.visitor.mutate('groups.leave', { groupId, items: 'keep' })
  expect([await listOf(member), await unreadOf(member)]).toEqual([[], 0])
})
