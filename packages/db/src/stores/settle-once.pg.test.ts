// Each upload is settled by one outcome, whatever comes twice, late, shuffled, forged or at the same moment.
import { inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { Outcome } from '@shoebox/shared/messages/outcome.schema.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openSettling } from '@shoebox/testing/open-settling.ts'
import { connectPool } from '../connect-pool.ts'
import { media } from '../schema/media.ts'
import { quotaDays, quotaTotals } from '../schema/quota.ts'
import { isRefusedByData, settleMany } from './outcome-store.ts'

const { db, ann, bob, nowMs, ready, refused, reserve, reserveOne, find } = await openSettling()

test('settles an item once, however often and however late its outcome comes', async () => {
  const id = await reserveOne()
  expect(await settleMany(db, [ready(id), ready(id), refused(id)], nowMs)).toEqual([id])
  expect(await settleMany(db, [refused(id)], nowMs)).toEqual([])
  expect(await settleMany(db, [ready(id, { generation: 'ffffffffffffffff' })], nowMs)).toEqual([])
  expect(await find(id)).toMatchObject({ state: 'ready', generation: '0123456789abcdef' })
})

test('lets the first outcome of a batch win', async () => {
  const id = await reserveOne()
  await settleMany(db, [refused(id), ready(id)], nowMs)
  expect(await find(id)).toMatchObject({ state: 'refused', publishedAt: null })
})

test('refuses nothing that came ready in the same batch', async () => {
  const id = await reserveOne()
  const { inspectedAtMs } = ready(id)
  await settleMany(db, [ready(id), refused(id, { inspectedAtMs: inspectedAtMs + 1 })], nowMs)
  expect(await find(id)).toMatchObject({ state: 'ready' })
})

test('settles nothing for another owner, another key or an item that nobody reserved', async () => {
  const id = await reserveOne()
  const outcomes: Outcome[] = [
    ready(id, { ownerId: bob }),
    ready(id, { incomingKey: incomingKey(bob, id) }),
    ready(numberedId('media', 999_999)),
  ]
  expect(await settleMany(db, outcomes, nowMs)).toEqual([])
  expect(await find(id)).toMatchObject({ state: 'reserved' })
  // And a forged one does not stand in the way of the true one beside it.
  expect(await settleMany(db, [...outcomes, ready(id)], nowMs)).toEqual([id])
})

test('does not raise a cancelled upload', async () => {
  const id = await reserveOne({ state: 'cancelled' })
  expect(await settleMany(db, [ready(id)], nowMs)).toEqual([])
})

test('settles each item exactly once when persisters run into each other with shuffled duplicates', async () => {
  const ids = await reserve(60)
  const shuffle = (seed: number) => ids.map((id, index) => [id, (index * 37 + seed * 17) % 61] as const)
  const batches = Array.from({ length: 16 }, (_, seed) =>
    shuffle(seed)
      .sort(([, one], [, other]) => one - other)
      .slice(0, 50)
      .map(([id]) => (seed % 2 === 0 ? ready(id) : refused(id))),
  )
  const settled = (await Promise.all(batches.map((batch) => settleMany(db, batch, nowMs)))).flat()
  expect(settled.length).toBe(new Set(settled).size)
  expect(new Set(settled)).toEqual(new Set(ids))
})

test('takes an empty batch', async () => {
  expect(await settleMany(db, [], nowMs)).toEqual([])
})

test('settles none of a batch that Postgres refuses for its data, and says that the data is to blame', async () => {
  const [good, bad] = [await reserveOne(), await reserveOne()]
  const failing = settleMany(db, [ready(good), ready(bad, { thumbhash: 'a\u0000b' })], nowMs)
  await expect(failing).rejects.toSatisfy(isRefusedByData)
  expect(await find(good)).toMatchObject({ state: 'reserved' })
})

test('does not blame the data when there is no database', async () => {
  const away = connectPool({ connectionString: 'postgres://nobody@127.0.0.1:1/nowhere' })
  await expect(settleMany(away, [ready(numberedId('media', 1))], nowMs)).rejects.toSatisfy(
    (error) => !isRefusedByData(error),
  )
  await away.$client.end()
})

async function ledger() {
  const [total] = await db.select().from(quotaTotals)
  const days = await db.select().from(quotaDays).orderBy(quotaDays.day)
  return { total: total?.bytes, days: days.map(({ bytes }) => bytes) }
}

test('quota stays with what is kept, and a refusal gives it back, each once', async () => {
  const [kept, other, refusedId, left] = [
    await reserveOne(),
    await reserveOne(),
    await reserveOne(),
    await reserveOne(),
  ]
  const [yesterday, today] = ['2026-06-14', '2026-06-15'] as const
  await db.insert(quotaTotals).values({ userId: ann, bytes: 5000 })
  await db.insert(quotaDays).values([
    { userId: ann, day: yesterday, bytes: 2000 },
    { userId: ann, day: today, bytes: 3000 },
  ])
  const countFor = (ids: MediaId[], quotaDay: string) =>
    db.update(media).set({ quotaBytes: 1000, quotaDay }).where(inArray(media.id, ids))
  await countFor([kept, refusedId], yesterday)
  await countFor([other, left], today)
  const outcomes = [ready(kept), ready(other, { bytes: 400 }), refused(refusedId)]
  await Promise.all([
    settleMany(db, outcomes, nowMs),
    settleMany(db, outcomes.toReversed(), nowMs),
    settleMany(db, outcomes, nowMs),
  ])
  expect(await ledger()).toEqual({ total: 3000, days: [1000, 2000] })
  const rows = await db.select({ id: media.id, quotaBytes: media.quotaBytes }).from(media)
  const bytesOf = new Map(rows.map((row) => [row.id, row.quotaBytes]))
  expect([kept, other, refusedId, left].map((id) => bytesOf.get(id))).toEqual([1000, 0, 0, 1000])
})
