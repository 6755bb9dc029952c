import { gt, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { peaksCount } from '@shoebox/shared/media/timed-limits.ts'
import type { Outcome, ReadyOutcome, RefusedOutcome } from '@shoebox/shared/messages/outcome.schema.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { makeReadyOutcome, makeRefusedOutcome } from '@shoebox/testing/samples/outcomes.ts'
import { cloneDatabase, type ClonedDatabase } from '@shoebox/testing/template-database.ts'
import { connectPool, type PoolDatabase } from '../connect-pool.ts'
import { users } from '../schema/accounts.ts'
import { media } from '../schema/media.ts'
import { quotaDays, quotaTotals } from '../schema/quota.ts'
import { deletions } from '../schema/upkeep.ts'
import { isRefusedByData, settleMany } from './outcome-store.ts'

let database: ClonedDatabase
let db: PoolDatabase
const [ann, bob] = [numberedId('user', 1), numberedId('user', 2)]
const startedAt = new Date('2026-06-15T12:00:00.000Z')
/** Outcomes may wait: these are settled an hour after their inspection. */
const nowMs = startedAt.getTime() + 3_600_000
let nextMedia = 0

beforeAll(async () => {
  database = await cloneDatabase()
  db = connectPool({ connectionString: database.url, connectionsMax: 8 })
  const account = { passwordHash: '-', emailVerifiedAt: startedAt, createdAt: startedAt }
  await db.insert(users).values([
    { id: ann, email: 'ann@example.org', name: 'Ann', ...account },
    { id: bob, email: 'bob@example.org', name: 'Bob', ...account },
  ])
})

afterAll(async () => {
  await db.$client.end()
  await database.drop()
})

async function reserve(count: number): Promise<MediaId[]> {
  const ids = Array.from({ length: count }, () => numberedId('media', (nextMedia += 1)))
  const batchId = crypto.randomUUID()
  await db.insert(media).values(
    ids.map((id, ordinal) => ({
      id,
      ownerId: ann,
      batchId,
      ordinal,
      fileName: 'photo.jpg',
      declaredType: 'image/jpeg' as const,
      declaredBytes: 1000,
      declaredSha256: null,
      state: 'reserved' as const,
      incomingKey: incomingKey(ann, id),
      createdAt: startedAt,
    })),
  )
  return ids
}

async function reserveOne(): Promise<MediaId> {
  const [id] = await reserve(1)
  if (id === undefined) throw new Error('nothing was reserved')
  return id
}

const ready = (mediaId: MediaId, change: Partial<ReadyOutcome> = {}) =>
  makeReadyOutcome(ann, mediaId, {
    sha256: 'B'.repeat(44),
    takenAt: { local: '2026-01-02T03:04:05', offsetMinutes: 60, source: 'exif' },
    ...change,
  })
const refused = (mediaId: MediaId, change: Partial<RefusedOutcome> = {}) => makeRefusedOutcome(ann, mediaId, change)

async function find(id: MediaId) {
  const rows = await db.select().from(media)
  return rows.find((row) => row.id === id)
}

test('writes all that an outcome says', async () => {
  const [good, bad] = [await reserveOne(), await reserveOne()]
  expect(new Set(await settleMany(db, [ready(good), refused(bad)], nowMs))).toEqual(new Set([good, bad]))
  const settledAt = new Date(nowMs)
  expect(await find(good)).toMatchObject({
    state: 'ready',
    type: 'image/jpeg',
    detectedType: 'image/jpeg',
    kind: 'image',
    bytes: 1000,
    sha256: 'B'.repeat(44),
    generation: '0123456789abcdef',
    widthPx: 4000,
    heightPx: 3000,
    thumbhash: 'abcd',
    dominantColor: '#336699',
    takenLocal: '2026-01-02T03:04:05',
    takenOffsetMinutes: 60,
    takenAt: new Date('2026-01-02T02:04:05.000Z'),
    takenSource: 'exif',
    isCutToFirstFrame: false,
    derivatives: [{ name: 'thumb', widthPx: 320, heightPx: 240, bytes: 9 }],
    settledAt,
    publishedAt: settledAt,
    refusalReason: null,
    durationMs: null,
    peaks: null,
    isHdr: false,
    hasPlay: false,
  })
  expect(await find(bad)).toMatchObject({
    state: 'refused',
    refusalReason: 'image_damaged',
    detectedType: 'image/jpeg',
    settledAt,
    publishedAt: null,
    generation: null,
    type: null,
  })
})

test('writes what is known of a film or a sound', async () => {
  const id = await reserveOne()
  const timed = {
    durationMs: 7_200_000,
    videoCodec: 'hevc',
    audioCodec: 'aac',
    frameRate: 29.97,
    isHdr: true,
    peaks: Array.from({ length: peaksCount }, (_, n) => n),
    tags: { title: 'Sea', year: 2026 },
    hasPlay: true,
    captions: [{ language: 'de', label: null, bytes: 119 }],
  }
  await settleMany(db, [ready(id, { type: 'video/mp4', timed })], nowMs)
  const { frameRate, ...others } = timed
  expect(await find(id)).toMatchObject({ kind: 'video', ...others })
  expect((await find(id))?.frameRate).toBeCloseTo(frameRate, 4)
})

test('writes a WebM without pictures as the sound it is', async () => {
  const id = await reserveOne()
  const timed = {
    durationMs: 4000,
    videoCodec: null,
    audioCodec: 'opus',
    frameRate: null,
    isHdr: false,
    peaks: null,
    tags: {},
    hasPlay: true,
  }
  await settleMany(db, [ready(id, { type: 'video/webm', timed })], nowMs)
  expect(await find(id)).toMatchObject({ kind: 'audio', type: 'video/webm' })
})

test('writes with what, how and roughly where something was taken', async () => {
  const id = await reserveOne()
  const capture = {
    camera: 'Canon EOS R5',
    lens: null,
    exposure: { shutterSeconds: 0.004, fNumber: 2.8, iso: 400 },
    place: { country: 'IS', city: 'Reykjavík', latitude: 64.1, longitude: -21.9 },
  }
  await settleMany(db, [ready(id, { capture })], nowMs)
  expect(await find(id)).toMatchObject(capture)
})

test('publishes what was inspected long ago after what people have seen meanwhile', async () => {
  const [late, seen] = [await reserveOne(), await reserveOne()]
  await settleMany(db, [ready(seen)], nowMs)
  await settleMany(db, [ready(late, { inspectedAtMs: nowMs - 86_400_000 })], nowMs + 60_000)
  const since = await db
    .select({ id: media.id })
    .from(media)
    .where(gt(media.publishedAt, new Date(nowMs)))
  expect(since).toEqual([{ id: late }])
})

test('keeps a wall clock without an offset as no instant', async () => {
  const id = await reserveOne()
  await settleMany(
    db,
    [ready(id, { takenAt: { local: '2026-01-02T03:04:05', offsetMinutes: null, source: 'xmp' } })],
    nowMs,
  )
  expect(await find(id)).toMatchObject({ takenLocal: '2026-01-02T03:04:05', takenOffsetMinutes: null, takenAt: null })
})

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
  const id = await reserveOne()
  await db.$client.query(`update media set state = 'cancelled' where id = $1`, [id.slice(4)])
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

describe('stored bytes that are not what was declared', () => {
  const declaredSha256 = `${'D'.repeat(43)}=`

  test.each([
    ['longer', { bytes: 1001, sha256: declaredSha256 }],
    ['shorter', { bytes: 999, sha256: null }],
    ['of another sum', { sha256: `${'E'.repeat(43)}=` }],
  ])('are refused where they are %s, and what was made of them goes', async (_, found) => {
    const id = await reserveOne()
    await db
      .update(media)
      .set({ declaredSha256 })
      .where(inArray(media.id, [id]))
    expect(await settleMany(db, [ready(id, found)], nowMs)).toEqual([id])
    expect(await find(id)).toMatchObject({
      state: 'refused',
      refusalReason: 'content_mismatch',
      detectedType: 'image/jpeg',
      generation: null,
      derivatives: null,
      publishedAt: null,
      duplicateOf: null,
    })
    const wishes = await db
      .select()
      .from(deletions)
      .where(inArray(deletions.mediaId, [id]))
    expect(wishes).toMatchObject([{ generation: ready(id).generation, reason: 'superseded' }])
  })

  test('are no twin of what was declared and is there', async () => {
    const [other, good] = await reserve(2)
    await db
      .update(media)
      .set({ allowDuplicate: false })
      .where(inArray(media.id, [other!, good!]))
    const sha256 = `${'F'.repeat(43)}=`
    await settleMany(db, [ready(other!, { sha256, bytes: 1 }), ready(good!, { sha256 })], nowMs)
    expect(await find(other!)).toMatchObject({ refusalReason: 'content_mismatch' })
    expect(await find(good!)).toMatchObject({ state: 'ready' })
  })

  test('are kept where one of both sums is not known, and their length is right', async () => {
    const [inParts, withoutSum] = await reserve(2)
    await db
      .update(media)
      .set({ declaredSha256 })
      .where(inArray(media.id, [withoutSum!]))
    await settleMany(db, [ready(inParts!), ready(withoutSum!, { sha256: null })], nowMs)
    expect([await find(inParts!), await find(withoutSum!)]).toMatchObject([{ state: 'ready' }, { state: 'ready' }])
  })
})

describe('what is made ready and settles nothing', () => {
  const other = 'fedcba9876543210'
  const wishesFor = async (...ids: MediaId[]) =>
    (await db.select().from(deletions).where(inArray(deletions.mediaId, ids)))
      .map(({ mediaId, generation, incomingKey: key }) => ({ mediaId, generation, key }))
      .toSorted((a, b) => (a.mediaId < b.mediaId ? -1 : 1))

  test('goes, unless it is what the item became', async () => {
    const [kept, cancelled, replaced, damaged] = await reserve(4)
    if (!kept || !cancelled || !replaced || !damaged) throw new Error('nothing was reserved')
    const never = numberedId('media', 999_999)
    await db
      .update(media)
      .set({ state: 'cancelled' })
      .where(inArray(media.id, [cancelled]))
    await settleMany(db, [ready(kept), ready(replaced), refused(damaged)], nowMs)
    const late = [kept, cancelled, damaged, never].map((id) => ready(id))
    await settleMany(db, [...late, ready(replaced, { generation: other })], nowMs)
    expect(await wishesFor(kept, cancelled, replaced, damaged, never)).toEqual([
      { mediaId: cancelled, generation: ready(cancelled).generation, key: null },
      { mediaId: replaced, generation: other, key: null },
      { mediaId: damaged, generation: ready(damaged).generation, key: null },
      // Nobody's row will ever clear what arrived for it.
      { mediaId: never, generation: ready(never).generation, key: incomingKey(ann, never) },
    ])
  })

  test('goes too when the one that settles came in the same batch', async () => {
    const id = await reserveOne()
    await settleMany(db, [ready(id), ready(id, { generation: other })], nowMs)
    expect(await wishesFor(id)).toEqual([{ mediaId: id, generation: other, key: null }])
  })

  test('waits where the row may still become it', async () => {
    const id = await reserveOne()
    await settleMany(db, [ready(id, { ownerId: bob })], nowMs)
    expect(await wishesFor(id)).toEqual([])
    expect(await settleMany(db, [ready(id)], nowMs)).toEqual([id])
  })

  test('never takes what an item shows, with every message three times, shuffled, at several persisters', async () => {
    const ids = await reserve(40)
    const cancelled = new Set(ids.filter((_, n) => n % 4 === 0))
    await db
      .update(media)
      .set({ state: 'cancelled' })
      .where(inArray(media.id, [...cancelled]))
    const twice = ids.flatMap((id) => [ready(id), ready(id, { generation: other })])
    const messages = [...twice, ...twice, ...twice]
      .map((message, n) => [message, (n * 89 + 7) % 241] as const)
      .toSorted(([, one], [, next]) => one - next)
      .map(([message]) => message)
    await Promise.all(Array.from({ length: 24 }, (_, n) => settleMany(db, messages.slice(n * 10, n * 10 + 10), nowMs)))
    const rows = await db.select().from(media).where(inArray(media.id, ids))
    const wanted = new Set((await wishesFor(...ids)).map(({ mediaId, generation }) => `${mediaId}/${generation}`))
    for (const { id, generation } of rows) {
      const both = [ready(id).generation, other].map((name) => wanted.has(`${id}/${name}`))
      if (cancelled.has(id)) expect(both).toEqual([true, true])
      else expect(both).toEqual([generation === other, generation !== other])
    }
  })
})

describe('content that is there already', () => {
  /** Reservations of files that were not asked for twice. */
  async function reserveOnce(count: number): Promise<MediaId[]> {
    const ids = await reserve(count)
    await db.update(media).set({ allowDuplicate: false, quotaBytes: 1000 }).where(inArray(media.id, ids))
    return ids
  }
  const sum = () => `${crypto.randomUUID().replaceAll('-', '')}${'A'.repeat(11)}=`
  /** As a message comes again until it is settled. */
  const settleUntilTold = async (id: MediaId, sha256: string): Promise<unknown> => {
    try {
      return await settleMany(db, [ready(id, { sha256 })], nowMs)
    } catch (error) {
      if (!isRefusedByData(error)) throw error
      return settleUntilTold(id, sha256)
    }
  }
  const endsOf = async (ids: readonly MediaId[]) => {
    const rows = await db.select().from(media)
    const byId = new Map(rows.map((row) => [row.id, row]))
    return ids.map((id) => byId.get(id))
  }

  test('is refused, names the item that has it, costs no room and leaves nothing in S3', async () => {
    const [first, second] = await reserveOnce(2)
    const sha256 = sum()
    await settleMany(db, [ready(first!, { sha256 })], nowMs)
    expect(await settleMany(db, [ready(second!, { sha256 })], nowMs)).toEqual([second])
    const nothing = { generation: null, derivatives: null, publishedAt: null, quotaBytes: 0 }
    expect(await find(second!)).toMatchObject({
      state: 'refused',
      refusalReason: 'duplicate',
      duplicateOf: first,
      ...nothing,
    })
    const [wish] = await db
      .select()
      .from(deletions)
      .where(inArray(deletions.mediaId, [second!]))
    expect(wish).toMatchObject({ generation: ready(second!).generation, reason: 'superseded' })
    expect(await find(first!)).toMatchObject({ state: 'ready', duplicateOf: null })
  })

  test('comes twice in one batch and is kept once', async () => {
    const [first, second] = await reserveOnce(2)
    const sha256 = sum()
    await settleMany(db, [ready(second!, { sha256 }), ready(first!, { sha256 })], nowMs)
    expect(await endsOf([first!, second!])).toMatchObject([{ state: 'ready' }, { duplicateOf: first }])
  })

  test('is kept once by persisters that run into each other', async () => {
    const ids = await reserveOnce(12)
    const sha256 = sum()
    await Promise.all(ids.map((id) => settleUntilTold(id, sha256)))
    const ends = await endsOf(ids)
    const [kept, ...others] = ends.filter((row) => row?.state === 'ready')
    expect(others).toEqual([])
    expect(ends.filter((row) => row?.duplicateOf === kept?.id)).toHaveLength(11)
  })

  test('is kept again for somebody else, and for whoever asked for it', async () => {
    const [first, second, foreign] = await reserveOnce(3)
    const sha256 = sum()
    await db
      .update(media)
      .set({ allowDuplicate: true })
      .where(inArray(media.id, [second!]))
    await db
      .update(media)
      .set({ ownerId: bob })
      .where(inArray(media.id, [foreign!]))
    const outcomes = [first!, second!].map((id) => ready(id, { sha256 }))
    await settleMany(db, [...outcomes, ready(foreign!, { sha256, ownerId: bob })], nowMs)
    expect((await endsOf([first!, second!, foreign!])).map((row) => row?.state)).toEqual(['ready', 'ready', 'ready'])
  })

  test.each(['trashed', 'removed'] as const)('is kept anew, and once, while the other is %s', async (listing) => {
    const [first, ...others] = await reserveOnce(9)
    const sha256 = sum()
    await settleMany(db, [ready(first!, { sha256 })], nowMs)
    const out = { listing, trashedAt: listing === 'trashed' ? startedAt : null }
    await db
      .update(media)
      .set(out)
      .where(inArray(media.id, [first!]))
    await Promise.all(others.map((id) => settleUntilTold(id, sha256)))
    const ends = await endsOf(others)
    const [kept, ...more] = ends.filter((row) => row?.state === 'ready')
    expect(more).toEqual([])
    expect(ends.filter((row) => row?.duplicateOf === kept?.id)).toHaveLength(7)
    const back = { listing: 'listed' as const, trashedAt: null }
    await db
      .update(media)
      .set(back)
      .where(inArray(media.id, [first!]))
    expect(await find(first!), 'may come back').toMatchObject({ state: 'ready', listing: 'listed' })
  })

  test('stays refused while the other is judged', async () => {
    const [first, second] = await reserveOnce(2)
    const sha256 = sum()
    await settleMany(db, [ready(first!, { sha256 })], nowMs)
    await db
      .update(media)
      .set({ listing: 'quarantined' })
      .where(inArray(media.id, [first!]))
    await settleMany(db, [ready(second!, { sha256 })], nowMs)
    expect(await find(second!)).toMatchObject({ state: 'refused', duplicateOf: first })
  })

  test('goes by what S3 says: without a sum nothing is a duplicate', async () => {
    const ids = await reserveOnce(2)
    await settleMany(
      db,
      ids.map((id) => ready(id, { sha256: null })),
      nowMs,
    )
    expect((await endsOf(ids)).map((row) => row?.state)).toEqual(['ready', 'ready'])
  })
})
