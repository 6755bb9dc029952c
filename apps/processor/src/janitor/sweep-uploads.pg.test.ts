// Rounds of the janitor over a real database and a real bucket; only its clock is set.
import { CreateMultipartUploadCommand, ListMultipartUploadsCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { eq, inArray } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { media } from '@shoebox/db/schema/media.ts'
import { quotaTotals } from '@shoebox/db/schema/quota.ts'
import { deletions } from '@shoebox/db/schema/upkeep.ts'
import { askForStray } from '@shoebox/db/stores/deletion-store.ts'
import * as janitor from '@shoebox/db/stores/janitor-store.ts'
import { reopenGivenUp } from '@shoebox/db/stores/reopen-store.ts'
import { buckets } from '@shoebox/local/cloud-names.ts'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { openBuckets } from '../../test/open-buckets.ts'
import { createS3IncomingObjects } from '../adapters/s3-incoming-objects.ts'
import { createLog } from '../log.ts'
import { reinjectionsMax, stuckAfterMs, stuckForMs, sweepUploads, type SweepUploadsDeps } from './sweep-uploads.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const startMs = Date.now()
const { rows } = await openDatabase(new Date(startMs))
const { client } = await openBuckets()
const ann = await rows.addAuthor('Ann')
const sent: string[] = []

beforeEach(() => {
  sent.length = 0
})

/** A round that believes it is this much later. */
const sweep = (laterMs: number, changes: Partial<SweepUploadsDeps> = {}, untilMs = Infinity) =>
  sweepUploads(
    {
      nowMs: () => startMs + laterMs,
      ...createS3IncomingObjects(client, buckets.incoming),
      reinject: async (key) => void sent.push(key),
      askForMade: (mediaId, nowMs) => askForStray(rows.db, { mediaId, generation: null, incomingKey: null }, nowMs),
      findByIncomingKeys: (keys) => janitor.findByIncomingKeys(rows.db, keys),
      findReservedBefore: (before, rowsMax) => janitor.findReservedBefore(rows.db, before, rowsMax),
      markSeen: (mediaId, nowMs) => janitor.markSeen(rows.db, mediaId, nowMs),
      markReinjected: (wish) => janitor.markReinjected(rows.db, wish),
      markExpired: (mediaId, nowMs) => janitor.markExpired(rows.db, mediaId, nowMs),
      markGivenUp: (upload, nowMs) => janitor.markGivenUp(rows.db, upload, nowMs),
      log: createLog('janitor', () => {}),
      ...changes,
    },
    untilMs,
  )

const key = async (mediaId: MediaId) => (await find(mediaId)).incomingKey
const put = async (mediaId: MediaId) =>
  client.send(new PutObjectCommand({ Bucket: buckets.incoming, Key: await key(mediaId), Body: 'bytes' }))
const isThere = async (mediaId: MediaId) =>
  createS3IncomingObjects(client, buckets.incoming).isThere(await key(mediaId))

async function find(mediaId: MediaId) {
  const [row] = await rows.db.select().from(media).where(eq(media.id, mediaId))
  if (row === undefined) throw new Error('no row')
  return row
}

test('what arrived and has no outcome is sent on again, a bounded number of times, then refused with its reason', async () => {
  const mediaId = await rows.addUpload(ann)
  await put(mediaId)
  const none = { reinjected: 0, givenUp: 0, expired: 0, cleared: 0, failed: 0 }
  expect(await sweep(stuckAfterMs - minuteMs), 'it may still be in work').toEqual(none)
  let laterMs = 0
  for (let round = 0; round < reinjectionsMax; round += 1) {
    laterMs += stuckForMs(round) + minuteMs
    expect(await sweep(laterMs)).toMatchObject({ reinjected: 1, givenUp: 0 })
    expect(await sweep(laterMs + stuckForMs(round + 1) - minuteMs), 'twice as long each time').toEqual(none)
  }
  expect(sent).toEqual(Array.from({ length: reinjectionsMax }, () => sent[0]))
  expect(sent[0]).toBe(await key(mediaId))
  expect(await sweep(laterMs + stuckForMs(reinjectionsMax) + minuteMs)).toMatchObject({ reinjected: 0, givenUp: 1 })
  expect(await find(mediaId)).toMatchObject({ state: 'refused', refusalReason: 'processing_failed' })
  const wishes = await rows.db.select().from(deletions).where(eq(deletions.mediaId, mediaId))
  expect(wishes, 'what its tries left behind goes').toMatchObject([{ generation: null, reason: 'given_up' }])
})

test('what was joined from parts is waited for from when it was seen, since its date is when its sending began', async () => {
  const mediaId = await rows.addUpload(ann, { multipartUploadId: 'of-two-hours' })
  await put(mediaId)
  const joinedMs = 2 * 60 * minuteMs
  expect(await sweep(joinedMs)).toMatchObject({ reinjected: 0, givenUp: 0 })
  expect(await find(mediaId)).toMatchObject({ reinjections: 0 })
  expect(await sweep(joinedMs + stuckAfterMs - minuteMs)).toMatchObject({ reinjected: 0 })
  expect(await sweep(joinedMs + stuckAfterMs + minuteMs)).toMatchObject({ reinjected: 1 })
})

test('the bytes of what was given up stay, and are sent on when it is opened again', async () => {
  const mediaId = await rows.addUpload(ann)
  const settledAt = new Date(startMs)
  const damaged = await rows.addUpload(ann, { state: 'refused', refusalReason: 'image_damaged', settledAt })
  await Promise.all([put(mediaId), put(damaged)])
  await janitor.markGivenUp(rows.db, { mediaId, incomingKey: await key(mediaId) }, startMs)
  expect(await sweep(7 * dayMs)).toMatchObject({ cleared: 1 })
  expect([await isThere(mediaId), await isThere(damaged)]).toEqual([true, false])
  await rows.db.update(deletions).set({ doneAt: settledAt }).where(eq(deletions.mediaId, mediaId))
  expect(await reopenGivenUp(rows.db, startMs)).toMatchObject({ reopened: 1 })
  expect(await sweep(7 * dayMs)).toMatchObject({ reinjected: 1, expired: 0 })
  expect(sent).toContain(await key(mediaId))
})

test('one that fails every time keeps nobody waiting', async () => {
  const settledAt = new Date(startMs)
  const ids = await Promise.all([1, 2].map(() => rows.addUpload(ann, { state: 'cancelled', settledAt })))
  await Promise.all(ids.map(put))
  const [first] = (await Promise.all(ids.map(key))).toSorted()
  const real = createS3IncomingObjects(client, buckets.incoming)
  const deleteArrived = (own: string, etag: string) =>
    own === first ? Promise.reject(new Error('503')) : real.deleteArrived(own, etag)
  expect(await sweep(30 * minuteMs, { deleteArrived })).toMatchObject({ cleared: 1, failed: 1 })
  expect(await sweep(30 * minuteMs)).toMatchObject({ cleared: 1, failed: 0 })
})

test('a round that has no time left leaves the rest to the next, which begins with it', async () => {
  const settledAt = new Date(startMs)
  const ids = await Promise.all([1, 2, 3].map(() => rows.addUpload(ann, { state: 'cancelled', settledAt })))
  await Promise.all(ids.map(put))
  const real = createS3IncomingObjects(client, buckets.incoming)
  let nowMs = startMs + 30 * minuteMs
  const slow: Partial<SweepUploadsDeps> = {
    nowMs: () => nowMs,
    async deleteArrived(...object) {
      await real.deleteArrived(...object)
      nowMs += minuteMs
    },
  }
  expect(await sweep(0, slow, nowMs + 2 * minuteMs)).toMatchObject({ cleared: 2 })
  expect(await sweep(0, slow, nowMs + 2 * minuteMs)).toMatchObject({ cleared: 1 })
})

test('a bucket that cannot be listed keeps no reservation from expiring', async () => {
  const mediaId = await rows.addUpload(ann, { createdAt: new Date(startMs - 8 * dayMs) })
  const listArrived = () => {
    throw new Error('503')
  }
  await expect(sweep(0, { listArrived })).rejects.toThrow('503')
  expect(await find(mediaId)).toMatchObject({ state: 'expired' })
})

test('two rounds at once send an event once', async () => {
  const mediaId = await rows.addUpload(ann)
  await put(mediaId)
  await Promise.all([sweep(stuckAfterMs + minuteMs), sweep(stuckAfterMs + minuteMs)])
  expect(sent.filter((sentKey) => sentKey.endsWith(mediaId))).toHaveLength(1)
})

test('a reservation expires after seven days, gives its room back and takes its parts along', async () => {
  await rows.db.insert(quotaTotals).values({ userId: ann.userId, bytes: 5000 })
  const since = new Date(startMs - 7 * dayMs - minuteMs)
  const mediaId = await rows.addUpload(ann, { createdAt: since, quotaBytes: 1000, declaredSha256: null })
  const young = await rows.addUpload(ann, { createdAt: new Date(startMs - 7 * dayMs + minuteMs) })
  const place = { Bucket: buckets.incoming, Key: await key(mediaId) }
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(place))
  await rows.db
    .update(media)
    .set({ multipartUploadId: UploadId ?? null })
    .where(eq(media.id, mediaId))
  expect(await sweep(0)).toMatchObject({ expired: 1 })
  expect(await find(mediaId)).toMatchObject({ state: 'expired', quotaBytes: 0 })
  expect(await find(young)).toMatchObject({ state: 'reserved' })
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: buckets.incoming }))
  expect(Uploads).toEqual([])
  const [ledger] = await rows.db.select().from(quotaTotals)
  expect(ledger?.bytes).toBe(4000)
})

test('a reservation whose bytes came at the last moment does not expire: they are sent on', async () => {
  const mediaId = await rows.addUpload(ann, { createdAt: new Date(startMs - 8 * dayMs) })
  await put(mediaId)
  expect(await sweep(0)).toMatchObject({ expired: 0 })
  await sweep(stuckAfterMs + minuteMs)
  expect(sent).toContain(await key(mediaId))
  expect(await find(mediaId)).toMatchObject({ state: 'reserved', reinjections: 1 })
})

test('what is settled is deleted only once no request for it can be alive', async () => {
  const settledAt = new Date(startMs)
  const ready = await rows.addItem(ann, settledAt)
  const cancelled = await rows.addUpload(ann, { state: 'cancelled', settledAt })
  await Promise.all([put(ready), put(cancelled)])
  await sweep(19 * minuteMs)
  expect([await isThere(ready), await isThere(cancelled)]).toEqual([true, true])
  expect(await sweep(21 * minuteMs)).toMatchObject({ cleared: 2 })
  expect([await isThere(ready), await isThere(cancelled)]).toEqual([false, false])
  const asked = inArray(deletions.mediaId, [ready, cancelled])
  expect(await rows.db.select().from(deletions).where(asked), 'whatever a killed function stored').toMatchObject([
    { mediaId: cancelled, generation: null, doneAt: null },
  ])
})

test('an upload that settles while the janitor looks at it is left alone', async () => {
  const mediaId = await rows.addUpload(ann, { createdAt: new Date(startMs - 8 * dayMs) })
  const own = await key(mediaId)
  const counts = await sweep(0, {
    async isThere(looked) {
      if (looked === own) await rows.db.update(media).set({ state: 'cancelled' }).where(eq(media.id, mediaId))
      return looked !== own
    },
  })
  expect(counts.expired).toBe(0)
  expect(await find(mediaId)).toMatchObject({ state: 'cancelled' })
})
