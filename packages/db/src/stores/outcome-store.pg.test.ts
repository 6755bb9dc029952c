// What is written of an outcome that settles its upload. Which one does, and what becomes of the others, is asked in
// settle-once and in the files whose names end in -outcomes.
import { gt } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { peaksCount } from '@shoebox/shared/media/timed-limits.ts'
import { openSettling } from '@shoebox/testing/open-settling.ts'
import { media } from '../schema/media.ts'
import { settleMany } from './outcome-store.ts'

const { db, nowMs, ready, refused, reserveOne, find } = await openSettling()

test('writes all that an outcome says', async () => {
  const [good, bad] = [await reserveOne(), await reserveOne()]
  const takenAt = { local: '2026-01-02T03:04:05', offsetMinutes: 60, source: 'exif' } as const
  expect(new Set(await settleMany(db, [ready(good, { takenAt }), refused(bad)], nowMs))).toEqual(new Set([good, bad]))
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
