import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { quotaPlans, type PlanName } from '@shoebox/shared/upload/quota-plans.ts'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { users } from '../schema/accounts.ts'
import { media } from '../schema/media.ts'
import { quotaDays, quotaTotals } from '../schema/quota.ts'
import { findUsage } from './quota-store.ts'
import { reserveUploads, type Reservation, type ReservationWish } from './reservation-store.ts'
import { markCancelled } from './upload-store.ts'

const MB = 2 ** 20
const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime() + 1000
const tooLateMs = start.getTime() + 2 * 3_600_000
const { rows, edge } = await openDatabase(start)
let ann: Author
let bob: Author
let next = 100_000

beforeAll(async () => {
  ann = await addAuthor('studio')
  bob = await addAuthor('studio')
})

async function addAuthor(plan: PlanName): Promise<Author> {
  const author = await rows.addAuthor()
  await rows.db.update(users).set({ plan }).where(eq(users.id, author.userId))
  return author
}

/** A checksum that no other number has. */
const sumOf = (n: number): string => `${String(n).padStart(43, 'A')}=`

const plan = (author: Author, sizes: readonly number[], changes: Partial<Reservation> = {}): Reservation[] =>
  sizes.map((declaredBytes, ordinal) => {
    const id = numberedId('media', (next += 1))
    return {
      id,
      ordinal,
      fileName: `"Urlaub", Åre\\ ${ordinal} 🏔.jpg`,
      declaredType: 'image/jpeg',
      declaredBytes,
      declaredSha256: sumOf(next),
      incomingKey: incomingKey(author.userId, id),
      allowDuplicate: false,
      ...changes,
    }
  })

/** What became of each file of a fresh batch, in order. */
async function reserve(author: Author, sizes: readonly number[], changes: Partial<ReservationWish> = {}) {
  const wish = { author, batchId: crypto.randomUUID(), reservations: plan(author, sizes), nowMs, ...changes }
  const answers = await reserveUploads(edge, wish)
  return answers?.toSorted((a, b) => a.ordinal - b.ordinal) ?? null
}

const verdicts = (answers: Awaited<ReturnType<typeof reserve>>) =>
  answers?.map((answer) => ('reserved' in answer ? answer.reserved.state : answer.refusal))

async function usageOf({ sessionId }: Author, atMs = nowMs) {
  const { data } = await findUsage(edge, { sessionId, nowMs: atMs })
  return { day: data?.dayBytes, total: data?.totalBytes }
}

test('a repeated pre-flight returns the rows of the first', async () => {
  const batchId = crypto.randomUUID()
  const sizes = Array.from({ length: 50 }, (_, n) => 3_000_000 + n)
  const first = await reserve(ann, sizes, { batchId })
  const before = await usageOf(ann)
  expect(await reserve(ann, sizes, { batchId })).toEqual(first)
  expect(first).toHaveLength(50)
  expect(first?.[7]).toMatchObject({ ordinal: 7, reserved: { state: 'reserved', declaredBytes: 3_000_007 } })
  expect(await usageOf(ann)).toEqual(before)
})

test('ten equal pre-flights at once reserve one set of rows', async () => {
  const batchId = crypto.randomUUID()
  const answers = await Promise.all(Array.from({ length: 10 }, () => reserve(ann, [1, 2, 3, 4, 5], { batchId })))
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
})

test('the batch id of one person is nothing to another', async () => {
  const batchId = crypto.randomUUID()
  const own = await reserve(ann, [1], { batchId })
  const other = await reserve(bob, [1], { batchId })
  expect(verdicts(other)).toEqual(['reserved'])
  expect(other).not.toEqual(own)
})

test('a session that ended after its check reserves nothing', async () => {
  const before = await rows.db.$count(media)
  expect(await reserve(ann, [1, 2], { nowMs: tooLateMs })).toBeNull()
  expect(await rows.db.$count(media)).toBe(before)
})

test('what fits is reserved in order, and what comes after a file that does not fit may', async () => {
  const carl = await addAuthor('demo')
  const answers = await reserve(carl, [10 * MB, 20 * MB, 15 * MB, 1, 0])
  expect(verdicts(answers)).toEqual(['reserved', 'over_day_quota', 'reserved', 'over_day_quota', 'reserved'])
  expect(await usageOf(carl)).toEqual({ day: 25 * MB, total: 25 * MB })
})

test('a file that no day of its plan has room for is told from what one day has none for', async () => {
  const pia = await addAuthor('demo')
  const { dayBytesMax, totalBytesMax } = quotaPlans.demo
  const sizes = [dayBytesMax + 1, dayBytesMax, dayBytesMax, totalBytesMax + 1]
  expect(verdicts(await reserve(pia, sizes))).toEqual([
    'too_large_for_plan',
    'reserved',
    'over_day_quota',
    'too_large_for_plan',
  ])
})

test('nobody is told that they have used less than nothing', async () => {
  const fay = await addAuthor('demo')
  await reserve(fay, [0])
  await rows.db.update(quotaTotals).set({ bytes: -5 }).where(eq(quotaTotals.userId, fay.userId))
  await rows.db.update(quotaDays).set({ bytes: -5 }).where(eq(quotaDays.userId, fay.userId))
  expect(await usageOf(fay)).toEqual({ day: 0, total: 0 })
})

test('a new day has new room, the total has not', async () => {
  const dora = await addAuthor('demo')
  const { totalBytesMax } = quotaPlans.demo
  const lastMs = nowMs - 86_400_000
  await reserve(dora, [20 * MB], { nowMs: lastMs })
  expect(await usageOf(dora)).toEqual({ day: 0, total: 20 * MB })
  await rows.db.execute(`update quota_totals set bytes = ${totalBytesMax - MB} where bytes = ${20 * MB}`)
  expect(verdicts(await reserve(dora, [MB + 1, MB, 1]))).toEqual(['over_total_quota', 'reserved', 'over_total_quota'])
})

test('100 pre-flights at once never pass the limit, and leave no room unused', async () => {
  const eve = await addAuthor('demo')
  const { dayBytesMax } = quotaPlans.demo
  const calls = Array.from({ length: 100 }, () => reserve(eve, [MB, 2 * MB, 3 * MB]))
  const answers = (await Promise.all(calls)).flatMap((list) => list ?? [])
  const reserved = answers.flatMap((answer) => ('reserved' in answer ? [answer.reserved.declaredBytes] : []))
  expect(answers).toHaveLength(300)
  expect(reserved.reduce((sum, bytes) => sum + bytes, 0)).toBe(dayBytesMax)
  expect(await usageOf(eve)).toEqual({ day: dayBytesMax, total: dayBytesMax })
})

test('cancelling gives the room back once, to the day that it came from', async () => {
  const finn = await addAuthor('demo')
  const [kept, given] = (await reserve(finn, [MB, 2 * MB])) ?? []
  if (kept === undefined || given === undefined || !('reserved' in given)) throw new Error('not reserved')
  const wish = { author: finn, mediaId: given.reserved.id, nowMs }
  await Promise.all(Array.from({ length: 5 }, () => markCancelled(edge, wish)))
  expect(await usageOf(finn)).toEqual({ day: MB, total: MB })
})

test('pre-flights and cancellations at once leave the ledgers true', async () => {
  const gwen = await addAuthor('demo')
  const walk = async () => {
    const answers = (await reserve(gwen, [MB, MB])) ?? []
    const mine = answers.flatMap((answer) => ('reserved' in answer ? [answer.reserved.id] : []))
    await Promise.all(mine.map((mediaId) => markCancelled(edge, { author: gwen, mediaId, nowMs })))
  }
  await Promise.all(Array.from({ length: 30 }, walk))
  expect(await usageOf(gwen)).toEqual({ day: 0, total: 0 })
})

test('content that is among the author’s ready items is pointed out, unless the author wants it again', async () => {
  const hal = await addAuthor('free')
  const twin = { declaredSha256: sumOf(1) }
  const ready = await rows.addItem(hal, start, { sha256: twin.declaredSha256 })
  await rows.addItem(bob, start, { sha256: sumOf(2) })
  const ask = (changes: Partial<Reservation>) => reserve(hal, [], { reservations: plan(hal, [5], changes) })
  expect(await ask(twin)).toEqual([{ ordinal: 0, refusal: 'duplicate', duplicateOf: ready }])
  expect(verdicts(await ask({ ...twin, allowDuplicate: true }))).toEqual(['reserved'])
  expect(verdicts(await ask({ declaredSha256: sumOf(2) })), 'of another person').toEqual(['reserved'])
  expect(verdicts(await ask({ declaredSha256: null }))).toEqual(['reserved'])
})

test('content that is in the trash or was taken down may be uploaded anew', async () => {
  const zoe = await addAuthor('studio')
  const states = [{ listing: 'trashed' as const, trashedAt: start }, { listing: 'removed' as const }]
  for (const [n, state] of states.entries()) {
    const declaredSha256 = sumOf(90 + n)
    await rows.addItem(zoe, start, { sha256: declaredSha256, ...state })
    expect(verdicts(await reserve(zoe, [], { reservations: plan(zoe, [5], { declaredSha256 }) }))).toEqual(['reserved'])
  }
})

test('content that is reserved and not there yet is taken up again, and costs no room twice', async () => {
  const ida = await addAuthor('demo')
  const twin = { declaredSha256: sumOf(3) }
  const ask = async (changes: Partial<Reservation> = {}, sizes = [20 * MB]) => {
    const [answer] = (await reserve(ida, [], { reservations: plan(ida, sizes, { ...twin, ...changes }) })) ?? []
    return answer !== undefined && 'reserved' in answer ? answer.reserved.id : answer?.refusal
  }
  const [first, ...others] = await Promise.all(Array.from({ length: 10 }, () => ask()))
  expect(new Set([first, ...others]).size).toBe(1)
  expect(await usageOf(ida)).toEqual({ day: 20 * MB, total: 20 * MB })
  expect(await ask({ allowDuplicate: true }), 'wanted twice').toBe('over_day_quota')
  expect(await ask({ declaredType: 'image/png' }), 'as something else').toBe('over_day_quota')
  expect(await ask({}, [20 * MB + 1]), 'of another length').toBe('over_day_quota')
  await markCancelled(edge, { author: ida, mediaId: first as Reservation['id'], nowMs })
  expect(await ask(), 'after it was given up').not.toBe(first)
})
