import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { devices, sessions, undos } from '../schema/accounts.ts'
import { notifications } from '../schema/notifications.ts'
import { deliveries } from '../schema/push.ts'
import { quotaDays } from '../schema/quota.ts'
import { rateLimits } from '../schema/rate-limits.ts'
import { deletions } from '../schema/upkeep.ts'
import { pruneTable, prunedTables } from './prune-store.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const dayMs = 24 * 60 * 60_000
const { rows } = await openDatabase(start)

const pruneAll = async (nowMs: number, rowsMax = 100) =>
  Object.fromEntries(
    await Promise.all(
      prunedTables.map(async (table) => [table, await pruneTable(rows.db, table, { nowMs, rowsMax })] as const),
    ),
  )

test('throws away what is over, and nothing a minute before', async () => {
  const ann = await rows.addAuthor('Ann')
  await rows.db.insert(rateLimits).values({ key: 'k', windowSeconds: 60, windowStart: start, count: 1 })
  await rows.db.insert(quotaDays).values({ userId: ann.userId, day: '2026-06-15', bytes: 1 })
  const week = new Date(start.getTime() + 7 * dayMs)
  await rows.db
    .insert(undos)
    .values({ id: 'u', userId: ann.userId, email: 'a@b.cc', createdAt: start, expiresAt: week })
  await rows.db.insert(devices).values({ id: 'd', userId: ann.userId, seenAt: start })
  const mediaId = await rows.addUpload(ann)
  const wish = { mediaId, reason: 'stray' as const, wasShown: false, createdAt: start, nextTryAt: start }
  await rows.db.insert(deletions).values([
    { ...wish, generation: 'done', doneAt: start },
    { ...wish, generation: 'open' },
  ])
  const told = { kind: 'liked' as const, count: 1, firstAt: start, lastAt: start }
  await rows.db.insert(notifications).values({ ...told, userId: ann.userId, actorId: ann.userId })
  await rows.db.insert(deliveries).values({ userId: ann.userId, madeAt: start })
  const none = Object.fromEntries(prunedTables.map((table) => [table, 0]))
  expect(await pruneAll(start.getTime())).toEqual(none)
  expect(await pruneAll(start.getTime() + dayMs)).toEqual({ ...none, sessions: 1 })
  expect(await pruneAll(start.getTime() + 61 * dayMs)).toEqual({
    ...none,
    rate_limits: 1,
    undos: 1,
    quota_days: 1,
    deletions: 1,
    deliveries: 1,
  })
  expect(await pruneAll(start.getTime() + 401 * dayMs)).toEqual({ ...none, devices: 1, notifications: 1 })
  expect(await rows.db.select().from(deletions)).toMatchObject([{ generation: 'open' }])
})

test('a round takes no more than it is told to', async () => {
  const author = await rows.addAuthor('Bob')
  const long = { userId: author.userId, expiresAt: start, createdAt: start, lastSeenAt: start, userAgent: '' }
  await rows.db.delete(sessions)
  await rows.db.insert(sessions).values(Array.from({ length: 7 }, (_, n) => ({ ...long, id: `old-${n}` })))
  const round = () => pruneTable(rows.db, 'sessions', { nowMs: start.getTime() + 1, rowsMax: 5 })
  expect([await round(), await round(), await round()]).toEqual([5, 2, 0])
  expect((await rows.db.execute(sql`select from sessions`)).rowCount).toBe(0)
})
