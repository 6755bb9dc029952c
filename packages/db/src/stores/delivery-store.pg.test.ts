import { and, eq, isNull } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import type { NotificationLevel } from '@shoebox/shared/groups/policies.ts'
import type { NoticeKind } from '@shoebox/shared/notices/kinds.ts'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { sessions, users } from '../schema/accounts.ts'
import { bans } from '../schema/bans.ts'
import { blocks } from '../schema/blocks.ts'
import { groups, memberships } from '../schema/groups.ts'
import { notices, notifications } from '../schema/notifications.ts'
import { suppressedAddresses } from '../schema/operations.ts'
import { deliveries, digests, pushSubscriptions } from '../schema/push.ts'
import {
  claimDelivery,
  endDelivery,
  findUnqueued,
  forgetEndpoint,
  markQueued,
  planPushes,
  readPush,
  releaseDelivery,
} from './delivery-store.ts'
import { findUnplanned, makeDigests, planDigests, readDigest } from './digest-store.ts'
import { findMuteState, setFrequency, setLevel } from './mute-store.ts'
import { closeQuiet, tellNotices } from './notification-store.ts'
import { dropSubscription, findPushSettings, keepDigest, keepSubscription } from './push-store.ts'
import { readTold } from './told-store.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const startMs = start.getTime()
const minuteMs = 60_000
const keys = { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22), showsNames: true }
const { rows, edge } = await openDatabase(start)
let ann: Author, bob: Author, cem: Author
let groupId = numberedId('group', 0)
let groupCount = 0

beforeEach(async () => {
  for (const table of [notices, notifications, deliveries, digests, pushSubscriptions, blocks])
    await rows.db.delete(table)
  ;[ann, bob, cem] = [await rows.addAuthor('Ann'), await rows.addAuthor('Bob'), await rows.addAuthor('Cem')]
  groupId = numberedId('group', (groupCount += 1))
  await rows.db.insert(groups).values({ id: groupId, name: 'Alps', createdAt: start, activeAt: start, memberCount: 3 })
  for (const [{ userId }, role] of [
    [ann, 'owner'],
    [bob, 'contributor'],
    [cem, 'viewer'],
  ] as const)
    await rows.db.insert(memberships).values({ groupId, userId, role, joinedAt: start, seenAt: start })
})

const level = (of: Author, to: NotificationLevel) =>
  rows.db.update(memberships).set({ notifications: to }).where(eq(memberships.userId, of.userId))
const arrive = (count = 1, laterMs = 0, kind: NoticeKind = 'items_added') =>
  rows.db.insert(notices).values({ kind, groupId, actorId: ann.userId, count, happenedAt: rows.later(laterMs) })
/** A round of the announcer, so many milliseconds after the start. Answers the deliveries that it leaves to the queue. */
async function round(laterMs = 0): Promise<number[]> {
  await tellNotices(rows.db, 100)
  await closeQuiet(rows.db, startMs + laterMs)
  await planPushes(rows.db, { nowMs: startMs + laterMs, rowsMax: 100 })
  return await findUnqueued(rows.db, 100)
}
const wake = (author: Author, endpoint = `https://push.example/${author.sessionId}`) =>
  keepSubscription(edge, { author, endpoint, ...keys, nowMs: startMs })
const quietMs = 5 * minuteMs
/** All that was told is due in a digest now. */
async function makeAll(laterMs = quietMs) {
  const waiting = await findUnplanned(rows.db, 100)
  await planDigests(
    rows.db,
    waiting.map(({ userId }) => ({ userId, dueAt: rows.later(laterMs) })),
  )
  await makeDigests(rows.db, { nowMs: startMs + laterMs, rowsMax: 100 })
  return await rows.db
    .select({ id: deliveries.id, userId: deliveries.userId })
    .from(deliveries)
    .where(isNull(deliveries.sessionId))
}

test('fifty pictures in a minute are one push for each browser of each other member, once they stopped coming', async () => {
  await wake(bob)
  await wake(cem)
  await wake(ann)
  for (let n = 0; n < 50; n += 1) {
    await arrive(1, n * 1_200)
    if (n % 10 === 0) expect(await round(n * 1_200), 'while they come').toEqual([])
  }
  expect(await round(minuteMs)).toEqual([])
  const ids = await round(minuteMs + quietMs)
  expect(ids).toHaveLength(2)
  expect(await round(minuteMs + 2 * quietMs), 'not again').toEqual(ids)
  const pushes = await Promise.all(ids.map((id) => readPush(rows.db, id, startMs + 6 * minuteMs)))
  expect(pushes.map((push) => push?.endpoint ?? '').toSorted()).toEqual(
    [bob, cem].map(({ sessionId }) => `https://push.example/${sessionId}`).toSorted(),
  )
  expect(pushes[0]).toMatchObject({ kind: 'items_added', count: 50, actorName: 'Ann', groupName: 'Alps', others: 0 })
})

test('what concerns the reader alone is pushed at once, to all their browsers', async () => {
  await rows.db.insert(sessions).values({
    id: `${bob.sessionId}-2`,
    userId: bob.userId,
    expiresAt: rows.later(3_600_000),
    createdAt: start,
    lastSeenAt: start,
    userAgent: 'phone',
  })
  await wake(bob)
  await wake({ ...bob, sessionId: `${bob.sessionId}-2` })
  await rows.db
    .insert(notices)
    .values({ kind: 'role_changed', groupId, actorId: ann.userId, subjectId: bob.userId, happenedAt: start })
  expect(await round()).toHaveLength(2)
})

test('nothing is pushed that was read, muted, blocked or left behind meanwhile, or to a browser that is signed out', async () => {
  await wake(bob)
  const tell = async () => {
    await rows.db.delete(notifications)
    await arrive()
    const [id] = await round(quietMs)
    if (id === undefined) throw new Error('nothing was planned')
    return id
  }
  const isWanted = async (id: number) => (await readPush(rows.db, id, startMs + quietMs)) !== null
  const id = await tell()
  expect(await isWanted(id)).toBe(true)
  await level(bob, 'highlights')
  expect(await isWanted(id), 'highlights').toBe(false)
  await level(bob, 'none')
  expect(await isWanted(id), 'muted').toBe(false)
  await level(bob, 'all')
  await rows.db.insert(blocks).values({ blockerId: ann.userId, blockedId: bob.userId, createdAt: start })
  expect(await isWanted(id), 'apart').toBe(false)
  await rows.db.delete(blocks)
  expect(await isWanted(id), 'together again').toBe(true)
  const banId = numberedId('ban', 1)
  const ban = { id: banId, userId: ann.userId, addressHash: 'x', reason: 'Spam', bannedBy: cem.userId }
  await rows.db.insert(bans).values({ ...ban, items: 'withdraw', bannedAt: start })
  await rows.db.update(users).set({ banId }).where(eq(users.id, ann.userId))
  expect(await isWanted(id), 'out of sight').toBe(false)
  await rows.db.update(bans).set({ items: 'keep' })
  expect(await isWanted(id), 'banned, and their items stay').toBe(true)
  expect(await readPush(rows.db, id, startMs + 50 * 60 * minuteMs), 'long ago').toBe(null)
  await rows.db.update(notifications).set({ readAt: start })
  expect(await isWanted(id), 'read').toBe(false)
  const next = await tell()
  await rows.db.delete(memberships).where(and(eq(memberships.userId, bob.userId), eq(memberships.groupId, groupId)))
  expect(await isWanted(next), 'left').toBe(false)
  await rows.db.delete(sessions).where(eq(sessions.id, bob.sessionId))
  expect(await rows.db.select().from(pushSubscriptions), 'signed out').toEqual([])
  expect(await claimDelivery(rows.db, next, startMs)).toEqual({ state: 'over' })
})

test('of any number who claim a delivery one gets it, until it gives it back or died over it', async () => {
  await wake(bob)
  await arrive()
  const [id = 0] = await round(quietMs)
  await markQueued(rows.db, [id], startMs)
  expect(await findUnqueued(rows.db, 10)).toEqual([])
  const claims = await Promise.all(Array.from({ length: 5 }, () => claimDelivery(rows.db, id, startMs)))
  expect(claims.map(({ state }) => state).toSorted()).toEqual(['mine', 'taken', 'taken', 'taken', 'taken'])
  expect(await claimDelivery(rows.db, id, startMs + 59_999)).toEqual({ state: 'taken' })
  expect(await claimDelivery(rows.db, id, startMs + minuteMs)).toEqual({ state: 'mine', kind: 'push' })
  await releaseDelivery(rows.db, id)
  expect(await claimDelivery(rows.db, id, startMs)).toEqual({ state: 'mine', kind: 'push' })
  await endDelivery(rows.db, id, startMs)
  expect(await claimDelivery(rows.db, id, startMs + 2 * minuteMs)).toEqual({ state: 'over' })
})

test('a browser is woken for who signed in there last, until its service says that it is gone', async () => {
  await wake(bob, 'https://push.example/same')
  await wake(cem, 'https://push.example/same')
  const read = async ({ sessionId }: Author) =>
    (await findPushSettings(edge, { sessionId, nowMs: startMs })).data.devices
  expect([await read(bob), (await read(cem)).length]).toEqual([[], 1])
  expect(await dropSubscription(edge, { author: bob, sessionId: cem.sessionId, nowMs: startMs }), 'of another').toBe(
    false,
  )
  await arrive()
  await round(quietMs)
  await forgetEndpoint(rows.db, 'https://push.example/same')
  expect(await rows.db.select().from(deliveries)).toEqual([])
  await wake(cem)
  expect(await dropSubscription(edge, { author: cem, sessionId: cem.sessionId, nowMs: startMs })).toBe(true)
  await keepSubscription(edge, {
    author: { ...cem, sessionId: bob.sessionId },
    endpoint: 'https://x',
    ...keys,
    nowMs: startMs,
  })
  expect(await rows.db.select().from(pushSubscriptions), 'a session of somebody else').toEqual([])
})

test('the export of somebody’s data has what they were told and how they want to be, and no endpoint', async () => {
  await wake(bob)
  await arrive(3)
  await round(quietMs)
  const told = await readTold(rows.db, bob.userId)
  expect(told).toMatchObject({
    notifications: [{ kind: 'items_added', count: 3, readAt: null }],
    digest: [{ frequency: 'weekly', timeZone: null }],
    pushes: [{ showsNames: true }],
  })
  expect(JSON.stringify(told)).not.toContain('push.example')
})

test('a digest tells once what was not read: a line for what one person did of one kind in one place', async () => {
  for (const minute of [0, 10, 20]) {
    await arrive(2, minute * minuteMs)
    await round(minute * minuteMs)
  }
  await round(25 * minuteMs)
  await rows.db.update(notifications).set({ readAt: start }).where(eq(notifications.userId, cem.userId))
  const [one, ...more] = await makeAll(25 * minuteMs)
  expect([one?.userId, more]).toEqual([bob.userId, []])
  expect(await readDigest(rows.db, one?.id ?? 0, startMs)).toMatchObject({
    userId: bob.userId,
    suppression: null,
    lines: [{ kind: 'items_added', count: 6, actorName: 'Ann', groupName: 'Alps', lastAt: rows.later(20 * minuteMs) }],
  })
  await arrive(1, 40 * minuteMs)
  await round(40 * minuteMs)
  await round(50 * minuteMs)
  const second = (await makeAll(50 * minuteMs)).find(({ id, userId }) => userId === bob.userId && id !== one?.id)
  expect((await readDigest(rows.db, second?.id ?? 0, startMs))?.lines.map(({ count }) => count)).toEqual([1])
  await level(bob, 'none')
  expect((await readDigest(rows.db, second?.id ?? 0, startMs))?.lines, 'muted meanwhile').toEqual([])
})

test('no digest is made for who wants none, reads everything, or whose address sends mail back', async () => {
  await keepDigest(edge, { author: bob, frequency: 'off', timeZone: null, nowMs: startMs })
  const email = (await rows.db.select().from(users).where(eq(users.id, cem.userId)))[0]?.email ?? ''
  await rows.db.insert(suppressedAddresses).values({ address: email, reason: 'bounce', createdAt: start })
  await arrive()
  await round(quietMs)
  expect(await makeAll()).toEqual([])
  await keepDigest(edge, { author: bob, frequency: 'daily', timeZone: 'Europe/Berlin', nowMs: startMs })
  expect(await findUnplanned(rows.db, 10)).toEqual([
    { userId: bob.userId, frequency: 'daily', timeZone: 'Europe/Berlin' },
  ])
  expect(
    (await makeAll()).map(({ userId }) => userId),
    'what waited while it was off',
  ).toEqual([bob.userId])
})

test('who has a signed link changes one setting and learns how it was; nobody who is gone is found', async () => {
  const group = { userId: bob.userId, groupId }
  expect(await findMuteState(edge, group)).toEqual({ kind: 'group', groupName: 'Alps', level: 'all' })
  expect(await setLevel(edge, { ...group, level: 'none' })).toMatchObject({ level: 'all' })
  expect(await findMuteState(edge, group)).toMatchObject({ level: 'none' })
  const digest = { userId: bob.userId, groupId: null }
  expect(await setFrequency(edge, { userId: bob.userId, frequency: 'off' })).toEqual({
    kind: 'digest',
    frequency: 'weekly',
  })
  expect(await findMuteState(edge, digest)).toEqual({ kind: 'digest', frequency: 'off' })
  const nobody = numberedId('user', 99_999)
  expect([
    await findMuteState(edge, { ...group, userId: nobody }),
    await setLevel(edge, { userId: nobody, groupId, level: 'none' }),
    await setFrequency(edge, { userId: nobody, frequency: 'off' }),
  ]).toEqual([null, null, null])
})
