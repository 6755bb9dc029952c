import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { NotificationLevel } from '@shoebox/shared/groups/policies.ts'
import type { Role } from '@shoebox/shared/groups/roles.ts'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { NoticeKind } from '@shoebox/shared/notices/kinds.ts'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { makeReadyOutcome, makeRefusedOutcome } from '@shoebox/testing/samples/outcomes.ts'
import { audited } from '@shoebox/testing/seal-audit.ts'
import { groups, invites, memberships } from '../schema/groups.ts'
import { notices, notifications } from '../schema/notifications.ts'
import { addComment } from './comment-store.ts'
import * as trash from './gallery-trash-store.ts'
import * as inviting from './invite-store.ts'
import * as leaving from './leave-store.ts'
import { addLike, removeLike } from './like-store.ts'
import * as members from './member-change-store.ts'
import { closeQuiet, countUnread, findNotifications, markRead, tellNotices } from './notification-store.ts'
import { settleMany } from './outcome-store.ts'
import * as requests from './request-store.ts'

const leaveGroup = audited(leaving.leaveGroup)
const handOver = audited(members.handOver)
const removeMember = audited(members.removeMember)
const setRole = audited(members.setRole)
const joinByInvite = audited(inviting.joinByInvite)
const acceptRequest = audited(requests.acceptRequest)
const moveToTrash = audited(trash.moveToTrash)

const start = new Date('2026-06-15T12:00:00.000Z')
const startMs = start.getTime()
const minuteMs = 60_000
const charges = [{ key: 'join', windowSeconds: 60, windowStart: start, timesMax: 9 }]
const limits = { membersMax: 500, groupsMax: 200 }
const { rows, edge } = await openDatabase(start)
let owner: Author, ann: Author, bob: Author, stranger: Author
/** A group of its own for each test. */
let groupId = numberedId('group', 0)
let groupCount = 0
let commentCount = 0

beforeAll(async () => {
  owner = await rows.addAuthor('Owen')
  ann = await rows.addAuthor('Ann')
  bob = await rows.addAuthor('Bob')
  stranger = await rows.addAuthor('Sid')
})
beforeEach(async () => {
  await rows.db.delete(notices)
  await rows.db.delete(notifications)
  groupId = numberedId('group', (groupCount += 1))
  await rows.db.insert(groups).values({ id: groupId, name: 'Alps', createdAt: start, activeAt: start, memberCount: 3 })
  await belong(owner, 'owner')
  await belong(ann, 'contributor')
  await belong(bob, 'viewer')
})

const belong = ({ userId }: Author, role: Role, level: NotificationLevel = 'all') =>
  rows.db
    .insert(memberships)
    .values({ groupId, userId, role, joinedAt: start, seenAt: start, notifications: level })
    .onConflictDoUpdate({
      target: [memberships.groupId, memberships.userId],
      set: { notifications: level },
    })

const by = (author: Author) => ({ author, groupId, nowMs: startMs })
const arrive = (author: Author, count: number, laterMs = 0) =>
  rows.db
    .insert(notices)
    .values({ kind: 'items_added', groupId, actorId: author.userId, count, happenedAt: rows.later(laterMs) })

async function toldTo(reader: Author, laterMs = 0) {
  const { data } = await findNotifications(edge, { ...reader, nowMs: startMs + laterMs, rowsMax: 100 })
  return data.map(({ kind, actorName, count }) => `${kind} by ${actorName}, ${count}`)
}
const unreadOf = async (reader: Author) => (await countUnread(edge, { ...reader, nowMs: startMs })).data
const say = (author: Author, mediaId: MediaId) =>
  addComment(edge, { author, id: numberedId('comment', (commentCount += 1)), mediaId, text: 'Nice', nowMs: startMs })

test('fifty items in a minute are one line that grows, for every other member', async () => {
  for (let n = 0; n < 5; n += 1) {
    await arrive(ann, 10, n * 12_000)
    expect(await tellNotices(rows.db, 100)).toBe(1)
    await closeQuiet(rows.db, startMs + n * 12_000)
  }
  expect([await toldTo(bob), await toldTo(owner)]).toEqual([['items_added by Ann, 50'], ['items_added by Ann, 50']])
  expect([await toldTo(ann), await unreadOf(bob)]).toEqual([[], 1])
})

test('what one batch settles in a group is one notice, and what it refuses or puts elsewhere is none', async () => {
  const inGroup = { groupId, allowDuplicate: true }
  const uploads = [
    await rows.addUpload(ann, inGroup),
    await rows.addUpload(ann, inGroup),
    await rows.addUpload(bob, inGroup),
    await rows.addUpload(ann, { ...inGroup, purpose: 'cover' }),
    await rows.addUpload(ann),
  ]
  const owners = [ann, ann, bob, ann, ann].map(({ userId }) => userId)
  const settled = uploads.map((mediaId, n) => makeReadyOutcome(owners[n] ?? ann.userId, mediaId))
  const refused = await rows.addUpload(ann, inGroup)
  await settleMany(rows.db, [...settled, makeRefusedOutcome(ann.userId, refused)], startMs)
  await settleMany(rows.db, settled, startMs)
  await tellNotices(rows.db, 100)
  expect((await toldTo(owner)).toSorted()).toEqual(['items_added by Ann, 2', 'items_added by Bob, 1'])
})

test('what comes after a pause is another line, and a stream without a pause does not grow for ever', async () => {
  await arrive(ann, 1)
  await tellNotices(rows.db, 100)
  expect(await closeQuiet(rows.db, startMs + 5 * minuteMs - 1)).toBe(0)
  expect(await closeQuiet(rows.db, startMs + 5 * minuteMs)).toBe(2)
  for (let minute = 6; minute <= 36; minute += 3) {
    await arrive(ann, 1, minute * minuteMs)
    await tellNotices(rows.db, 100)
    await closeQuiet(rows.db, startMs + minute * minuteMs)
  }
  await arrive(ann, 1, 37 * minuteMs)
  await tellNotices(rows.db, 100)
  expect(await toldTo(bob)).toEqual(['items_added by Ann, 1', 'items_added by Ann, 11', 'items_added by Ann, 1'])
})

test('members are told as much as they want', async () => {
  await belong(bob, 'viewer', 'highlights')
  await belong(owner, 'owner', 'none')
  await arrive(ann, 3)
  const item = await rows.addItem(bob, start, { groupId })
  await addLike(edge, { author: ann, mediaId: item, nowMs: startMs })
  await say(ann, item)
  const theirs = await rows.addItem(owner, start, { groupId })
  await say(ann, theirs)
  await tellNotices(rows.db, 100)
  expect([await toldTo(bob), await toldTo(owner)]).toEqual([['commented by Ann, 1'], []])
})

test('nobody is told of what they did themselves', async () => {
  const item = await rows.addItem(ann, start, { groupId })
  await addLike(edge, { author: ann, mediaId: item, nowMs: startMs })
  await say(ann, item)
  await moveToTrash(edge, { author: ann, mediaIds: [item], nowMs: startMs })
  expect(await rows.db.select().from(notices)).toEqual([])
})

test('likes and comments on several items of one person are one line each; a like taken back is none', async () => {
  for (let n = 0; n < 3; n += 1) {
    const mediaId = await rows.addItem(bob, start, { groupId })
    for (let times = 0; times < 3; times += 1) {
      await addLike(edge, { author: ann, mediaId, nowMs: startMs })
      if (n === 0 || times < 2) await removeLike(edge, { author: ann, mediaId, nowMs: startMs })
    }
    await say(ann, mediaId)
  }
  await tellNotices(rows.db, 100)
  expect((await toldTo(bob)).toSorted()).toEqual(['commented by Ann, 3', 'liked by Ann, 2'])
})

test('a like of a public item is told to its owner', async () => {
  const mediaId = await rows.addItem(bob, start)
  await addLike(edge, { author: stranger, mediaId, nowMs: startMs })
  await tellNotices(rows.db, 100)
  const { data } = await findNotifications(edge, { ...bob, nowMs: startMs, rowsMax: 100 })
  expect(data).toMatchObject([{ kind: 'liked', groupId: null, mediaId, actorName: 'Sid' }])
})

test('admins hear of a request, and who asked of the answer', async () => {
  await rows.db.insert(invites).values({
    id: numberedId('invite', 1),
    groupId,
    code: 'ABCDEFGHJK',
    role: 'viewer',
    needsApproval: true,
    createdAt: start,
  })
  await joinByInvite(edge, { author: stranger, code: 'ABCDEFGHJK', charges, ...limits, nowMs: startMs })
  await tellNotices(rows.db, 100)
  expect([await toldTo(owner), await toldTo(ann), await toldTo(bob)]).toEqual([['join_requested by Sid, 1'], [], []])
  await acceptRequest(edge, { ...by(owner), userId: stranger.userId, ...limits })
  await tellNotices(rows.db, 100)
  expect(await toldTo(stranger)).toEqual(['accepted by Owen, 1'])
})

test('a new role is told and the same one again is not; so is a group handed over, and an item taken out', async () => {
  await setRole(edge, { ...by(owner), userId: ann.userId, role: 'admin' })
  await setRole(edge, { ...by(owner), userId: ann.userId, role: 'admin' })
  const item = await rows.addItem(bob, start, { groupId })
  await moveToTrash(edge, { author: ann, mediaIds: [item], nowMs: startMs })
  await tellNotices(rows.db, 100)
  expect([await toldTo(ann), await toldTo(bob)]).toEqual([['role_changed by Owen, 1'], ['item_removed by Ann, 1']])
  await handOver(edge, { ...by(owner), userId: bob.userId })
  await tellNotices(rows.db, 100)
  const { data } = await findNotifications(edge, { ...bob, nowMs: startMs, rowsMax: 1 })
  expect(data).toMatchObject([{ kind: 'role_changed', role: 'owner', groupName: 'Alps' }])
})

test('whoever becomes the owner because another one left is told', async () => {
  await leaveGroup(edge, { ...by(owner), successorId: null, items: 'keep' })
  await tellNotices(rows.db, 100)
  expect([await toldTo(ann), await toldTo(bob)]).toEqual([['role_changed by Owen, 1'], []])
})

test('who was removed reads that, and nothing else of the group any more', async () => {
  await arrive(ann, 3)
  await tellNotices(rows.db, 100)
  await removeMember(edge, { ...by(owner), userId: bob.userId, items: 'keep' })
  await arrive(ann, 3)
  await tellNotices(rows.db, 100)
  expect([await toldTo(bob), await unreadOf(bob)]).toEqual([['removed by Owen, 1'], 1])
})

test('what is marked as read is what was shown: it is unread again once it grows', async () => {
  await arrive(ann, 1)
  await tellNotices(rows.db, 100)
  await markRead(edge, { author: bob, until: start, nowMs: startMs })
  expect([await unreadOf(bob), await unreadOf(owner)], 'only their own').toEqual([0, 1])
  await arrive(ann, 1, minuteMs)
  await tellNotices(rows.db, 100)
  await markRead(edge, { author: bob, until: start, nowMs: startMs })
  expect([await unreadOf(bob), await toldTo(bob)]).toEqual([1, ['items_added by Ann, 2']])
})

test('two rounds at once tell a notice once, and one about somebody or something gone holds up no other', async () => {
  const gone: readonly NoticeKind[] = ['liked', 'removed']
  await rows.db.insert(notices).values([
    ...gone.map((kind) => ({
      kind,
      groupId,
      actorId: numberedId('user', 99),
      subjectId: bob.userId,
      happenedAt: start,
    })),
    {
      kind: 'commented',
      groupId: numberedId('group', 99),
      actorId: ann.userId,
      subjectId: bob.userId,
      happenedAt: start,
    },
    { kind: 'commented', groupId, actorId: ann.userId, subjectId: stranger.userId, happenedAt: start },
  ])
  for (let n = 0; n < 20; n += 1) await arrive(ann, 1)
  await Promise.all(Array.from({ length: 4 }, () => tellNotices(rows.db, 5)))
  await tellNotices(rows.db, 100)
  expect([await toldTo(bob), await toldTo(stranger)]).toEqual([['items_added by Ann, 20'], []])
})

test('what the site tells reaches whom it is about, who stands as its actor', async () => {
  const told = { actorId: ann.userId, subjectId: ann.userId, happenedAt: start }
  await rows.db.insert(notices).values([
    { kind: 'report_upheld', ...told },
    { kind: 'report_upheld', ...told },
    { kind: 'liked', ...told },
  ])
  await tellNotices(rows.db, 10)
  expect(await rows.db.select().from(notifications)).toMatchObject([
    { kind: 'report_upheld', userId: ann.userId, actorId: ann.userId, groupId: null, count: 2 },
  ])
})
