// The schema of outcomes against the columns they are stored in: what one lets through, the other takes.
import { expect, test } from 'vitest'
import { outcomeSchema, type ReadyOutcome } from '@shoebox/shared/messages/outcome.schema.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { makeReadyOutcome } from '@shoebox/testing/samples/outcomes.ts'
import { isRefusedByData, settleMany } from './outcome-store.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime() + 1000
const { rows } = await openDatabase(start)
const ann = await rows.addAuthor('Ann')

const reserveFor = async (change: Partial<ReadyOutcome>): Promise<ReadyOutcome> =>
  makeReadyOutcome(ann.userId, await rows.addUpload(ann), change)

const takenAt = (local: string, offsetMinutes: number | null): Partial<ReadyOutcome> => ({
  takenAt: { local, offsetMinutes, source: 'exif' },
})

const timed = (change: Partial<NonNullable<ReadyOutcome['timed']>>): Partial<ReadyOutcome> => ({
  timed: {
    durationMs: null,
    videoCodec: null,
    audioCodec: 'flac',
    frameRate: null,
    isHdr: false,
    peaks: null,
    tags: {},
    hasPlay: true,
    ...change,
  },
})

test.each<[string, Partial<ReadyOutcome>]>([
  ['the end of 9999 in the west', takenAt('9999-12-31T23:59:59', -720)],
  ['the beginning of the year 1 in the east', takenAt('0001-01-01T00:00:00', 840)],
  ['the largest picture', { widthPx: 2 ** 31 - 1, heightPx: 2 ** 31 - 1 }],
  ['the longest sound', timed({ durationMs: 2 ** 31 - 1 })],
  ['the slowest film', timed({ frameRate: 2 ** -126 })],
  ['the longest title', timed({ tags: { title: '🎉'.repeat(200) } })],
])('stores what the schema lets through: %s', async (_, change) => {
  const outcome = await reserveFor(change)
  expect(await settleMany(rows.db, [outcomeSchema.parse(outcome)], nowMs)).toEqual([outcome.mediaId])
})

test.each<[string, Partial<ReadyOutcome>]>([
  ['a day that no calendar has', takenAt('2024-02-31T10:00:00', null)],
  ['a date of the year 0', takenAt('0000-06-15T10:00:00', null)],
  ['a picture too high for its column', { heightPx: 2 ** 31 }],
  ['a sound too long for its column', timed({ durationMs: 2 ** 31 })],
  ['a frame rate that would be stored as 0', timed({ frameRate: 1e-46 })],
  ['half a letter', timed({ tags: { title: '🎉'.slice(0, 1) } })],
  ['NUL', { thumbhash: 'a\u0000b' }],
])('the schema refuses what Postgres would: %s', async (_, change) => {
  const outcome = await reserveFor(change)
  await expect(settleMany(rows.db, [outcome], nowMs)).rejects.toSatisfy(isRefusedByData)
  expect(outcomeSchema.safeParse(outcome).success).toBe(false)
})
