import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { users } from '@shoebox/db/schema/accounts.ts'
import { bans } from '@shoebox/db/schema/bans.ts'
import { groups, memberships } from '@shoebox/db/schema/groups.ts'
import { media } from '@shoebox/db/schema/media.ts'
import { quotaTotals } from '@shoebox/db/schema/quota.ts'
import { deletions } from '@shoebox/db/schema/upkeep.ts'
import { forgetCases } from '@shoebox/db/stores/evidence-store.ts'
import { purgeTrash, purgeUnsetPictures, showWithdrawn } from '@shoebox/db/stores/janitor-store.ts'
import { clearGroup, findEmptyGroups } from '@shoebox/db/stores/leave-store.ts'
import { pruneTable, prunedTables } from '@shoebox/db/stores/prune-store.ts'
import { findLedgersAfter } from '@shoebox/db/stores/reconcile-store.ts'
import { trashDays } from '@shoebox/shared/groups/policies.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { createLog } from '../log.ts'
import { tidy, type TidyDeps } from './tidy.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const dayMs = 24 * 60 * 60_000
const { rows } = await openDatabase(start)

const round = (laterMs: number, changes: Partial<TidyDeps> = {}) =>
  tidy({
    nowMs: () => start.getTime() + laterMs,
    purgeTrash: (before, wish) => purgeTrash(rows.db, before, wish),
    purgeUnsetPictures: (before, wish) => purgeUnsetPictures(rows.db, before, wish),
    showWithdrawn: (wish) => showWithdrawn(rows.db, wish),
    forgetCases: (before, wish) => forgetCases(rows.db, before, wish),
    findEmptyGroups: (rowsMax) => findEmptyGroups(rows.db, rowsMax),
    clearGroup: (groupId, nowMs) => clearGroup(rows.db, groupId, nowMs),
    prunedTables,
    pruneTable: (table, wish) => pruneTable(rows.db, table, wish),
    log: createLog('janitor', () => {}),
    ...changes,
  })

test('what lies in the trash can be taken back for thirty days, and then ends with its objects', async () => {
  const ann = await rows.addAuthor('Ann')
  const kept = await rows.addItem(ann, start)
  const trashed = await rows.addItem(ann, start, { listing: 'trashed', trashedAt: start })
  expect(await round(trashDays * dayMs)).toMatchObject({ purged: 0 })
  expect(await round(trashDays * dayMs + 1)).toMatchObject({ purged: 1, failed: 0 })
  expect((await rows.db.select().from(media)).map(({ id }) => id)).toEqual([kept])
  expect(await rows.db.select().from(deletions)).toMatchObject([{ mediaId: trashed, reason: 'purged', wasShown: true }])
})

test('a ledger that has drifted below what its rows weigh keeps nobody’s trash', async () => {
  const [ann, bea] = [await rows.addAuthor('Ann'), await rows.addAuthor('Bea')]
  const trashed = { listing: 'trashed', trashedAt: start, quotaBytes: 1000, quotaDay: '2026-06-15' } as const
  await rows.addItem(ann, start, trashed)
  await rows.addItem(bea, start, trashed)
  await rows.db.insert(quotaTotals).values({ userId: ann.userId, bytes: 400 })
  expect(await round(trashDays * dayMs + 1)).toMatchObject({ purged: 2, failed: 0 })
  const ledgers = await findLedgersAfter(rows.db, null, 100)
  expect(
    ledgers.find(({ userId }) => userId === ann.userId),
    'the reconciliation tells of it',
  ).toMatchObject({
    driftBytes: 600,
  })
})

test('what was withdrawn with a ban can be seen again once it is over, though its owner does not come back', async () => {
  const bea = await rows.addAuthor('Bea')
  const id = numberedId('ban', 1)
  const ban = {
    id,
    userId: bea.userId,
    addressHash: '',
    reason: 'Insults.',
    items: 'withdraw',
    bannedBy: bea.userId,
  } as const
  await rows.db.insert(bans).values({ ...ban, bannedAt: start, endsAt: rows.later(dayMs) })
  await rows.db.update(users).set({ banId: id }).where(eq(users.id, bea.userId))
  const item = await rows.addItem(bea, start, { listing: 'withdrawn' })
  const listing = async () => (await rows.db.select().from(media).where(eq(media.id, item)))[0]?.listing
  expect(await round(dayMs - 1)).toMatchObject({ shown: 0 })
  expect(await listing()).toBe('withdrawn')
  expect(await round(dayMs)).toMatchObject({ shown: 1, failed: 0 })
  expect(await listing()).toBe('listed')
})

test('a picture of somebody or of a group that is not set within a day ends, and one that is set stays', async () => {
  const dan = await rows.addAuthor('Dan')
  const groupId = numberedId('group', 2)
  const dates = { createdAt: start, activeAt: start }
  await rows.db.insert(groups).values({ id: groupId, name: 'Faces', memberCount: 1, ...dates })
  const member = { userId: dan.userId, role: 'owner', joinedAt: start, seenAt: start } as const
  await rows.db.insert(memberships).values({ groupId, ...member })
  const [face, cover] = await Promise.all([
    rows.addItem(dan, start, { purpose: 'avatar' }),
    rows.addItem(dan, start, { purpose: 'cover', groupId }),
  ])
  await rows.db.update(groups).set({ coverId: cover }).where(eq(groups.id, groupId))
  await rows.db.update(users).set({ avatarId: face }).where(eq(users.id, dan.userId))
  const unset = [
    await rows.addItem(dan, start, { purpose: 'avatar' }),
    await rows.addItem(dan, start, { purpose: 'cover', groupId }),
  ]
  expect(await round(dayMs)).toMatchObject({ purged: 0, failed: 0 })
  expect(await round(dayMs + 1)).toMatchObject({ purged: 2, failed: 0 })
  const left = (await rows.db.select().from(media).where(eq(media.ownerId, dan.userId))).map(({ id }) => id)
  expect(new Set(left)).toEqual(new Set([face, cover]))
  const asked = (await rows.db.select().from(deletions)).map(({ mediaId }) => mediaId)
  expect(asked).toEqual(expect.arrayContaining(unset))
})

test('a part that fails leaves the others their turn', async () => {
  await rows.addAuthor('Bob')
  const away = () => Promise.reject(new Error('locked'))
  const { pruned, failed } = await round(dayMs, { purgeTrash: away })
  expect([pruned, failed], 'his session has ended').toEqual([1, 1])
})

test('a group that nobody belongs to is cleared with what is in it', async () => {
  const id = numberedId('group', 1)
  await rows.db.insert(groups).values({ id, name: 'Left', createdAt: start, activeAt: start })
  const cid = await rows.addAuthor('Cid')
  const inIt = await rows.addItem(cid, start, { groupId: id })
  const refused = { groupId: id, state: 'refused', settledAt: start } as const
  const damaged = await rows.addUpload(cid, { ...refused, refusalReason: 'image_damaged' })
  const givenUp = await rows.addUpload(cid, { ...refused, refusalReason: 'processing_failed' })
  expect(await round(0)).toMatchObject({ failed: 0 })
  expect(await rows.db.$count(groups, eq(groups.id, id))).toBe(0)
  expect((await rows.db.select().from(deletions)).map(({ mediaId }) => mediaId)).toContain(inIt)
  const left = await rows.db.select().from(media).where(eq(media.ownerId, cid.userId)).orderBy(media.id)
  expect(left, 'what was given up is not sent on into public').toMatchObject([
    { id: damaged, groupId: null, state: 'refused', refusalReason: 'image_damaged' },
    { id: givenUp, groupId: null, state: 'cancelled', refusalReason: null },
  ])
})
