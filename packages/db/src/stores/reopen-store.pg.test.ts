// Uploads that were given up for a fault of ours, and what must have happened before they are taken up again.
import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Role } from '@shoebox/shared/groups/roles.ts'
import type { GroupId, MediaId } from '@shoebox/shared/ids.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { makeReadyOutcome, makeRefusedOutcome } from '@shoebox/testing/samples/outcomes.ts'
import { groups, memberships } from '../schema/groups.ts'
import { media } from '../schema/media.ts'
import { deletions } from '../schema/upkeep.ts'
import { claimDeletions, markDone, markGone } from './deletion-store.ts'
import { markGivenUp } from './janitor-store.ts'
import { settleMany } from './outcome-store.ts'
import { reopenGivenUp } from './reopen-store.ts'

const minuteMs = 60_000
const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime()
const { rows } = await openDatabase(start)
const { db } = rows

const stateOf = async (id: MediaId) =>
  (await db.select({ state: media.state }).from(media).where(eq(media.id, id)))[0]?.state

async function giveUp(owner: Author, groupId: GroupId | null = null, atMs = nowMs): Promise<MediaId> {
  const mediaId = await rows.addUpload(owner, { groupId })
  await markGivenUp(db, { mediaId, incomingKey: incomingKey(owner.userId, mediaId) }, atMs)
  return mediaId
}

/** As a purge does that finds nothing (any more), twice as it must. */
async function purge(atMs: number): Promise<void> {
  for (const deletion of await claimDeletions(db, { nowMs: atMs, rowsMax: 100 })) {
    const next = { nowMs: atMs, nextTryMs: atMs + 30 * minuteMs }
    if (deletion.goneAt === null) await markGone(db, deletion, { objects: 0, bytes: 0, ...next })
    else await markDone(db, deletion, atMs)
  }
}

async function addMember(groupId: GroupId, { userId }: Author, role: Role): Promise<void> {
  const dates = { createdAt: start, activeAt: start }
  await db
    .insert(groups)
    .values({ id: groupId, name: 'Friends', memberCount: 1, ...dates })
    .onConflictDoNothing()
  await db.insert(memberships).values({ groupId, userId, role, joinedAt: start, seenAt: start })
}

test('what was given up waits until nothing of its tries is left to delete, and is made ready by none of them', async () => {
  const ann = await rows.addAuthor()
  const mediaId = await giveUp(ann)
  expect(await reopenGivenUp(db, nowMs)).toEqual({ reopened: 0, waiting: 1 })
  await purge(nowMs)
  expect(await reopenGivenUp(db, nowMs), 'a last look is due').toEqual({ reopened: 0, waiting: 1 })
  await purge(nowMs + 31 * minuteMs)
  const inspectedAt = (minutes: number) =>
    makeReadyOutcome(ann.userId, mediaId, { inspectedAtMs: nowMs + minutes * minuteMs })
  await settleMany(db, [inspectedAt(-1)], nowMs + 32 * minuteMs)
  expect(await reopenGivenUp(db, nowMs), 'a dead letter was replayed').toEqual({ reopened: 0, waiting: 1 })
  await purge(nowMs + 33 * minuteMs)
  await purge(nowMs + 64 * minuteMs)
  expect(await reopenGivenUp(db, nowMs)).toEqual({ reopened: 1, waiting: 0 })
  for (const [minutes, moment] of [
    [-1, 'before it was given up'],
    [40, 'between the looks of the purge'],
  ] as const)
    expect(await settleMany(db, [inspectedAt(minutes)], nowMs + 65 * minuteMs), moment).toEqual([])
  expect(await stateOf(mediaId)).toBe('reserved')
  expect(await settleMany(db, [inspectedAt(66)], nowMs + 67 * minuteMs)).toEqual([mediaId])
  expect(await stateOf(mediaId)).toBe('ready')
  expect(await claimDeletions(db, { nowMs: nowMs + 24 * 60 * minuteMs, rowsMax: 100 })).toEqual([])
  expect(await reopenGivenUp(db, nowMs)).toEqual({ reopened: 0, waiting: 0 })
})

test('what is opened again is refused by no earlier try, and by a new one as any other', async () => {
  const ann = await rows.addAuthor()
  const mediaId = await giveUp(ann)
  await db.update(deletions).set({ doneAt: start })
  expect(await reopenGivenUp(db, nowMs)).toEqual({ reopened: 1, waiting: 0 })
  const generation = '0123456789abcdef'
  const refusedAt = (minutes: number) =>
    makeRefusedOutcome(ann.userId, mediaId, { inspectedAtMs: nowMs + minutes * minuteMs, generation })
  expect(await settleMany(db, [refusedAt(-1)], nowMs + minuteMs)).toEqual([])
  expect(await stateOf(mediaId)).toBe('reserved')
  expect(await settleMany(db, [refusedAt(1)], nowMs + 2 * minuteMs)).toEqual([mediaId])
  expect(await stateOf(mediaId)).toBe('refused')
})

test('an earlier try that comes in one batch with the new one does not stand in its way', async () => {
  const ann = await rows.addAuthor()
  const mediaId = await giveUp(ann)
  await db.update(deletions).set({ doneAt: start })
  await reopenGivenUp(db, nowMs)
  const readyAt = (minutes: number) =>
    makeReadyOutcome(ann.userId, mediaId, { inspectedAtMs: nowMs + minutes * minuteMs })
  expect(await settleMany(db, [readyAt(-1), readyAt(1)], nowMs + 2 * minuteMs)).toEqual([mediaId])
  expect(await stateOf(mediaId)).toBe('ready')
})

test('only what came to nothing by our fault, and since then', async () => {
  const ann = await rows.addAuthor()
  const earlier = await giveUp(ann, null, nowMs - minuteMs)
  const damaged = await rows.addUpload(ann, { state: 'refused', refusalReason: 'image_damaged', settledAt: start })
  await db.update(deletions).set({ doneAt: start })
  expect(await reopenGivenUp(db, nowMs)).toEqual({ reopened: 0, waiting: 0 })
  expect([await stateOf(earlier), await stateOf(damaged)]).toEqual(['refused', 'refused'])
})

test('it comes up in no group that its owner may not add to any more', async () => {
  const groupId = numberedId('group', 1)
  const [owner, viewer, gone] = [await rows.addAuthor(), await rows.addAuthor(), await rows.addAuthor()]
  await addMember(groupId, owner, 'owner')
  await addMember(groupId, viewer, 'viewer')
  const ids = await Promise.all([owner, viewer, gone].map((author) => giveUp(author, groupId)))
  await db.update(deletions).set({ doneAt: start })
  expect(await reopenGivenUp(db, nowMs)).toEqual({ reopened: 1, waiting: 0 })
  expect(await Promise.all(ids.map(stateOf))).toEqual(['reserved', 'refused', 'refused'])
})

test('whoever leaves the group at that moment is gone before', async () => {
  const groupId = numberedId('group', 2)
  const ann = await rows.addAuthor()
  await addMember(groupId, ann, 'contributor')
  const mediaId = await giveUp(ann, groupId)
  await db.update(deletions).set({ doneAt: start })
  const reopening = await db.transaction(async (leaving) => {
    await leaving.delete(memberships).where(and(eq(memberships.groupId, groupId), eq(memberships.userId, ann.userId)))
    const begun = reopenGivenUp(db, nowMs)
    const waiting = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    await pollUntil(async () => (await db.execute(waiting)).rows.length > 0)
    return { begun }
  })
  expect(await reopening.begun).toEqual({ reopened: 0, waiting: 0 })
  expect(await stateOf(mediaId)).toBe('refused')
})
