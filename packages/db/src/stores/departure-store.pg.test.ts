import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { sessions, users } from '../schema/accounts.ts'
import { comments } from '../schema/gallery.ts'
import { groups, memberships } from '../schema/groups.ts'
import { dataExports, departures } from '../schema/leaving.ts'
import { likes, media } from '../schema/media.ts'
import { deletions } from '../schema/upkeep.ts'
import { deleteAccount } from './departure-store.ts'
import { findLeavings } from './leavings-store.ts'
import { findFinishedDepartures, forgetDeparture } from './receipt-store.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime() + 1000
const { rows, edge } = await openDatabase(start)
let groupCount = 0

async function addGroup(owner: Author, members: readonly Author[]) {
  const id = numberedId('group', (groupCount += 1))
  const memberCount = members.length + 1
  await rows.db.insert(groups).values({ id, name: 'Friends', createdAt: start, activeAt: start, memberCount })
  const member = { groupId: id, joinedAt: start, seenAt: start }
  await rows.db
    .insert(memberships)
    .values([
      { ...member, userId: owner.userId, role: 'owner' },
      ...members.map(({ userId }) => ({ ...member, userId, role: 'contributor' as const })),
    ])
  return id
}

const exists = async ({ userId }: Author) => (await rows.db.$count(users, eq(users.id, userId))) === 1
const leave = (author: Author, change: object = {}) =>
  deleteAccount(edge, { author, passwordHash: '-', groups: [], audits: [], items: 'delete', nowMs, ...change })

test('takes everything of the account along, and what it counted for elsewhere', async () => {
  const [ann, bob] = [await rows.addAuthor(), await rows.addAuthor('Bob')]
  const group = await addGroup(bob, [ann])
  const [mine, theirs] = [
    await rows.addItem(ann, start),
    await rows.addItem(bob, start, { likeCount: 2, commentCount: 2 }),
  ]
  const unsent = await rows.addUpload(ann)
  const avatar = await rows.addItem(ann, start, { purpose: 'avatar' })
  await rows.db.insert(likes).values([ann, bob].map(({ userId }) => ({ userId, mediaId: theirs, createdAt: start })))
  await rows.db.insert(comments).values(
    [ann, bob].map(({ userId }, n) => ({
      id: numberedId('comment', n + 1),
      mediaId: theirs,
      authorId: userId,
      text: 'Nice',
      createdAt: start,
    })),
  )

  expect((await findLeavings(edge, { sessionId: ann.sessionId, nowMs })).data).toEqual({
    items: 1,
    bytes: 1000,
    ownedGroups: [],
    memberGroups: [{ id: group, name: 'Friends', itemCount: 0 }],
  })
  expect(await leave(ann)).toBe('deleted')
  expect(await exists(ann)).toBe(false)
  expect(await rows.db.$count(sessions, eq(sessions.userId, ann.userId))).toBe(0)
  expect(await rows.db.$count(media, eq(media.ownerId, ann.userId))).toBe(0)
  expect(await rows.db.select().from(media)).toMatchObject([{ id: theirs, likeCount: 1, commentCount: 1 }])
  expect(await rows.db.select().from(groups).where(eq(groups.id, group))).toMatchObject([{ memberCount: 1 }])
  const asked = await rows.db.select().from(deletions)
  expect(asked.map(({ mediaId }) => mediaId).toSorted()).toEqual([mine, unsent, avatar].toSorted())
  expect(asked.every(({ reason }) => reason === 'account_deleted')).toBe(true)
})

test('the receipt waits until S3 lists nothing of it any more, says what went, and leaves no trace', async () => {
  const ann = await rows.addAuthor()
  const item = await rows.addItem(ann, start)
  await rows.addUpload(ann)
  await leave(ann)
  const own = async () => (await findFinishedDepartures(rows.db, 10)).filter(({ userId }) => userId === ann.userId)
  expect(await own()).toEqual([])
  await rows.db.update(deletions).set({ objects: 5, bytes: 900, doneAt: start })
  const exported = { id: numberedId('export', 1), userId: ann.userId, requestedAt: start, nextTryAt: start }
  await rows.db.insert(dataExports).values(exported)
  expect(await own()).toEqual([])
  await rows.db.delete(dataExports)
  const noEdge = { shown: 1, dropped: 0, lastAt: null, mediaIds: [] }
  expect(await own()).toMatchObject([{ items: 1, objects: 10, bytes: 1800, name: 'Ann', copies: noEdge }])
  await rows.db.update(deletions).set({ invalidatedAt: rows.later(5000) })
  const dropped = { shown: 1, dropped: 1, lastAt: rows.later(5000).toISOString(), mediaIds: [item] }
  expect(await own()).toMatchObject([{ copies: dropped }])
  await forgetDeparture(rows.db, ann.userId)
  expect(await rows.db.$count(departures, eq(departures.userId, ann.userId))).toBe(0)
})

test('changes nothing while nothing is chosen for an owned group, for the last administrator, or without what was confirmed', async () => {
  const [ann, bob] = [await rows.addAuthor(), await rows.addAuthor('Bob')]
  const item = await rows.addItem(ann, start)
  expect(await leave(ann, { passwordHash: 'another' })).toBe('refused')
  expect(await leave(ann, { passwordHash: null })).toBe('refused')
  expect(await leave({ ...ann, sessionId: 'ended' })).toBe('refused')
  const group = await addGroup(ann, [bob])
  expect(await leave(ann)).toBe('owns_groups')
  expect((await findLeavings(edge, { sessionId: ann.sessionId, nowMs })).data.ownedGroups).toEqual([
    { id: group, name: 'Friends', memberCount: 2, itemCount: 0, successor: { id: bob.userId, name: 'Bob' } },
  ])
  await rows.db.delete(groups).where(eq(groups.id, group))
  await rows.db.update(users).set({ role: 'administrator' }).where(eq(users.id, ann.userId))
  expect(await leave(ann)).toBe('last_administrator')
  await rows.db.update(users).set({ role: 'administrator' }).where(eq(users.id, bob.userId))
  expect(await exists(ann)).toBe(true)
  expect(await rows.db.$count(media, eq(media.id, item))).toBe(1)

  await rows.db
    .update(sessions)
    .set({ steppedUpUntil: rows.later(900_000) })
    .where(eq(sessions.id, ann.sessionId))
  expect(await leave(ann, { passwordHash: null })).toBe('deleted')
})

test('happens once, however often it is asked for at the same time', async () => {
  const ann = await rows.addAuthor()
  const theirs = await rows.addItem(await rows.addAuthor('Bob'), start, { likeCount: 1 })
  await rows.db.insert(likes).values({ userId: ann.userId, mediaId: theirs, createdAt: start })
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => leave(ann)))
  expect(outcomes.filter((outcome) => outcome === 'deleted')).toHaveLength(1)
  expect(await rows.db.select().from(media).where(eq(media.id, theirs))).toMatchObject([{ likeCount: 0 }])
})

test('counts are right when what was said goes, or a like is taken back, while its account goes', async () => {
  const [ann, bob] = [await rows.addAuthor(), await rows.addAuthor('Bob')]
  const moved = await rows.addItem(bob, start, { commentCount: 1 })
  const unliked = await rows.addItem(bob, start, { likeCount: 1 })
  const comment = {
    id: numberedId('comment', 900),
    mediaId: moved,
    authorId: ann.userId,
    text: 'Nice',
    createdAt: start,
  }
  await rows.db.insert(comments).values(comment)
  await rows.db.insert(likes).values({ userId: ann.userId, mediaId: unliked, createdAt: start })
  const { leaving } = await rows.db.transaction(async (other) => {
    await other.update(media).set({ commentCount: 0 }).where(eq(media.id, moved))
    await other.update(media).set({ likeCount: 0 }).where(eq(media.id, unliked))
    const leaving = leave(ann)
    await pollUntil(async () => {
      const { rows: waiting } = await rows.db.execute(
        sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      return waiting.length > 0
    })
    await other.delete(comments).where(eq(comments.mediaId, moved))
    await other.delete(likes).where(eq(likes.mediaId, unliked))
    return { leaving }
  })
  expect(await leaving).toBe('deleted')
  const counts = await rows.db.select().from(media).where(eq(media.ownerId, bob.userId)).orderBy(media.id)
  expect(counts).toMatchObject([{ commentCount: 0 }, { likeCount: 0 }])
})
