// Rounds of the purge over a real database and real buckets, cut off wherever something can break.
import {
  CreateMultipartUploadCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { media } from '@shoebox/db/schema/media.ts'
import { deletions } from '@shoebox/db/schema/upkeep.ts'
import * as outbox from '@shoebox/db/stores/deletion-store.ts'
import { markGivenUp } from '@shoebox/db/stores/janitor-store.ts'
import { settleMany } from '@shoebox/db/stores/outcome-store.ts'
import { buckets } from '@shoebox/local/cloud-names.ts'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { incomingKey, originalKey, viewFolder } from '@shoebox/shared/upload/object-keys.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { makeReadyOutcome } from '@shoebox/testing/samples/outcomes.ts'
import { openBuckets } from '../../test/open-buckets.ts'
import { createS3DeletableObjects } from '../adapters/s3-deletable-objects.ts'
import { createS3IncomingObjects } from '../adapters/s3-incoming-objects.ts'
import { createLog } from '../log.ts'
import { purgeDeletions, type EdgeCopies, type PurgeDeps } from './purge-deletions.ts'

const minuteMs = 60_000
const startMs = Date.now()
const [stored, other] = ['0123456789abcdef', 'fedcba9876543210']
const { rows } = await openDatabase(new Date(startMs))
const { client } = await openBuckets()
const ann = await rows.addAuthor('Ann')
let nowMs = startMs

beforeEach(async () => {
  nowMs = startMs
  await rows.db.delete(deletions)
})

/** A front that says of every invalidation what the test wants, and keeps what it was asked. */
function fakeEdge() {
  const asked: { paths: readonly string[]; reference: string }[] = []
  const completed = new Set<string>()
  const edge: EdgeCopies = {
    async invalidate(paths, reference) {
      const known = asked.findIndex((one) => one.reference === reference)
      if (known >= 0) return `I${known}`
      asked.push({ paths, reference })
      return `I${asked.length - 1}`
    },
    isInvalidated: async (id) => completed.has(id),
  }
  return { edge, asked, complete: () => asked.forEach((_, n) => completed.add(`I${n}`)) }
}

const purge = (changes: Partial<PurgeDeps> = {}) =>
  purgeDeletions(
    {
      nowMs: () => nowMs,
      claim: (wish) => outbox.claimDeletions(rows.db, wish),
      markGone: (deletion, gone) => outbox.markGone(rows.db, deletion, gone),
      markDone: (deletion, at) => outbox.markDone(rows.db, deletion, at),
      keepInvalidation: (wishes, id) => outbox.keepInvalidation(rows.db, wishes, id),
      markInvalidated: (id, at) => outbox.markInvalidated(rows.db, id, at),
      media: createS3DeletableObjects(client, buckets.media),
      incoming: createS3DeletableObjects(client, buckets.incoming),
      abortMultipart: createS3IncomingObjects(client, buckets.incoming).abortMultipart,
      edge: null,
      log: createLog('purge', () => {}),
      ...changes,
    },
    Infinity,
  )

async function put(Bucket: string, ...keys: string[]): Promise<void> {
  for (const Key of keys) await client.send(new PutObjectCommand({ Bucket, Key, Body: 'bytes' }))
}

async function keysOf(mediaId: MediaId): Promise<string[]> {
  const lists = [buckets.incoming, buckets.media].map((Bucket) => client.send(new ListObjectsV2Command({ Bucket })))
  const keys = (await Promise.all(lists)).flatMap(({ Contents = [] }) => Contents.map(({ Key = '' }) => Key))
  return keys.filter((key) => key.includes(mediaId)).toSorted()
}

const objectsOf = (mediaId: MediaId, generation: string) => [
  originalKey(mediaId, generation),
  ...['play', 'preview.webp', 'thumb.webp', 'tile.webp'].map((file) => `${viewFolder(mediaId, generation)}/${file}`),
]

async function addItem(): Promise<MediaId> {
  const id = await rows.addItem(ann, new Date(startMs))
  await put(buckets.media, ...objectsOf(id, stored), ...objectsOf(id, other))
  await put(buckets.incoming, incomingKey(ann.userId, id))
  return id
}

const end = (id: MediaId) =>
  rows.db.execute(outbox.purgeItems(sql`${media.id} = ${sql.param(id, media.id)}`, 'purged', startMs))
const wishes = () => rows.db.select().from(deletions)

test('an item that is ended leaves nothing in S3, and its neighbour everything', async () => {
  const [gone, kept] = [await addItem(), await addItem()]
  await end(gone)
  expect(await purge()).toMatchObject({ gone: 1, objects: 11, bytes: 55, failed: 0 })
  expect(await keysOf(gone)).toEqual([])
  expect(await keysOf(kept)).toHaveLength(11)
  expect(await purge()).toMatchObject({ gone: 0 })
  expect(await wishes()).toMatchObject([{ objects: 11, bytes: 55, goneAt: new Date(startMs), doneAt: null }])
})

test('an upload that is open takes its parts along, of which no bucket lists anything', async () => {
  const Key = 'incoming/of-somebody'
  const Bucket = buckets.incoming
  const { UploadId = '' } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }))
  const part = { Bucket, Key, UploadId, PartNumber: 1 }
  await client.send(new UploadPartCommand({ ...part, Body: 'bytes' }))
  const id = await rows.addUpload(ann, { incomingKey: Key, multipartUploadId: UploadId })
  await end(id)
  expect(await purge()).toMatchObject({ gone: 1, failed: 0 })
  await expect(client.send(new ListPartsCommand(part))).rejects.toThrow(/NoSuchUpload|not exist/)
  await rows.db.update(deletions).set({ goneAt: null, doneAt: null, nextTryAt: new Date(startMs) })
  expect(await purge()).toMatchObject({ gone: 1, failed: 0 })
})

test.each([
  ['never shown', () => rows.addUpload(ann)],
  ['shown', addItem],
])('what was %s is looked at until a look finds nothing that came meanwhile', async (_, add) => {
  const id = await add()
  await end(id)
  expect(await purge()).toMatchObject({ gone: 1 })
  await put(buckets.media, ...objectsOf(id, stored))
  nowMs += 29 * minuteMs
  expect(await purge()).toMatchObject({ gone: 0, objects: 0 })
  nowMs += minuteMs
  expect(await purge()).toMatchObject({ gone: 0, objects: 5, failed: 0 })
  expect(await keysOf(id)).toEqual([])
  expect((await wishes())[0]?.doneAt).toBeNull()
  nowMs += 30 * minuteMs
  expect(await purge()).toMatchObject({ gone: 0, objects: 0 })
  expect(await wishes()).toMatchObject([{ doneAt: new Date(nowMs) }])
})

test('a generation goes alone, and what is stored of it later', async () => {
  const id = await addItem()
  await rows.db.insert(deletions).values({
    mediaId: id,
    generation: other,
    reason: 'superseded',
    wasShown: false,
    createdAt: new Date(startMs),
    nextTryAt: new Date(startMs),
  })
  const kept = [...objectsOf(id, stored), incomingKey(ann.userId, id)].toSorted()
  await purge()
  expect(await keysOf(id)).toEqual(kept)
  await put(buckets.media, ...objectsOf(id, other))
  nowMs += 30 * minuteMs
  await purge()
  expect(await keysOf(id)).toEqual(kept)
})

test('what was opened again keeps its files, whatever asked for their deletion before', async () => {
  const id = await rows.addUpload(ann)
  const outcome = makeReadyOutcome(ann.userId, id, { inspectedAtMs: nowMs + 1 })
  const settle = () => settleMany(rows.db, [outcome], nowMs)
  await markGivenUp(rows.db, { mediaId: id, incomingKey: incomingKey(ann.userId, id) }, nowMs)
  await settle()
  expect(await wishes(), 'one of giving up, one of an outcome that came late').toHaveLength(2)
  await rows.db.update(media).set({ state: 'reserved', refusalReason: null, settledAt: null }).where(eq(media.id, id))
  await put(buckets.media, ...objectsOf(id, stored), ...objectsOf(id, other))
  expect(await purge(), 'nobody knows which of them it will show').toMatchObject({ gone: 0, failed: 0 })
  await settle()
  expect(await purge()).toMatchObject({ gone: 2, objects: 5, failed: 0 })
  expect(await keysOf(id)).toEqual(objectsOf(id, stored).toSorted())
  nowMs += 30 * minuteMs
  await purge()
  expect((await wishes()).filter(({ doneAt }) => doneAt === null)).toEqual([])
  await end(id)
  await purge()
  expect(await keysOf(id)).toEqual([])
})

test('a thousand objects and more go, page by page', async () => {
  const id = await rows.addItem(ann, new Date(startMs))
  const keys = Array.from({ length: 1003 }, (_, n) => `${viewFolder(id, stored)}/${n}`)
  await Promise.all([0, 1, 2, 3].map((quarter) => put(buckets.media, ...keys.filter((_, n) => n % 4 === quarter))))
  await end(id)
  expect(await purge()).toMatchObject({ gone: 1, objects: 1003 })
  expect(await keysOf(id)).toEqual([])
})

test.each([
  ['the listing', { list: failing }],
  ['the deletion', { delete: () => Promise.reject(new Error('killed')) }],
  ['nothing, but S3 keeps them', { delete: () => Promise.resolve() }],
])('what fails at %s is tried again, later each time, and ends', async (_, broken) => {
  const id = await addItem()
  await end(id)
  const real = createS3DeletableObjects(client, buckets.media)
  const list = 'list' in broken ? { list: failing } : {}
  const remove = 'delete' in broken ? { delete: broken.delete } : {}
  expect(await purge({ media: { ...real, ...list, ...remove } })).toMatchObject({ gone: 0, failed: 1 })
  expect(await purge()).toMatchObject({ gone: 0, failed: 0 })
  expect((await wishes())[0]?.doneAt).toBeNull()
  nowMs += minuteMs
  expect(await purge()).toMatchObject({ gone: 1 })
  expect(await keysOf(id)).toEqual([])
})

// oxlint-disable-next-line require-yield -- it never comes so far
async function* failing(): AsyncGenerator<never[]> {
  throw new Error('killed')
}

test('a purge that dies after it deleted and before it said so, has nothing left to do', async () => {
  const id = await addItem()
  await end(id)
  await purge({ markGone: () => Promise.reject(new Error('killed')) })
  nowMs += minuteMs
  expect(await purge()).toMatchObject({ gone: 1, objects: 0 })
  expect(await keysOf(id)).toEqual([])
})

test('copies at the edge go too, once the objects have gone, and are waited for', async () => {
  const id = await addItem()
  await end(id)
  const front = fakeEdge()
  expect(await purge({ edge: front.edge })).toMatchObject({ gone: 1, invalidated: 0 })
  expect(front.asked.map(({ paths }) => paths)).toEqual([[`/v/${id}/*`]])
  nowMs += minuteMs
  expect(await purge({ edge: front.edge })).toMatchObject({ invalidated: 0 })
  expect((await wishes())[0]?.doneAt).toBeNull()
  front.complete()
  nowMs += minuteMs
  expect(await purge({ edge: front.edge })).toMatchObject({ invalidated: 1 })
  expect((await wishes())[0]?.doneAt).toBeNull()
  nowMs += 30 * minuteMs
  await purge({ edge: front.edge })
  expect(await wishes()).toMatchObject([{ invalidatedAt: new Date(nowMs - 30 * minuteMs), doneAt: new Date(nowMs) }])
  expect(front.asked).toHaveLength(1)
})

test('a round that begins a little early waits for what is under way, and begins nothing beside it', async () => {
  const front = fakeEdge()
  const roundAfter = async (seconds: number) => {
    nowMs += seconds * 1000
    return await purge({ edge: front.edge })
  }
  await end(await rows.addItem(ann, new Date(startMs)))
  await roundAfter(0)
  await end(await rows.addItem(ann, new Date(startMs)))
  await roundAfter(58)
  expect(front.asked).toHaveLength(1)
  front.complete()
  expect(await roundAfter(58)).toMatchObject({ invalidated: 1 })
  expect(front.asked).toHaveLength(2)
})

test('what was stored after its copies went is invalidated again', async () => {
  const id = await addItem()
  await end(id)
  const front = fakeEdge()
  const roundAfter = async (minutes: number) => {
    front.complete()
    nowMs += minutes * minuteMs
    return await purge({ edge: front.edge })
  }
  await roundAfter(0)
  await roundAfter(1)
  await put(buckets.media, ...objectsOf(id, stored))
  expect(await roundAfter(30)).toMatchObject({ objects: 5 })
  expect(front.asked).toHaveLength(2)
  expect(await roundAfter(1)).toMatchObject({ invalidated: 1 })
  await roundAfter(30)
  expect((await wishes())[0]?.doneAt).toEqual(new Date(nowMs))
})

test('copies go although S3 does not answer, and once more after its objects went', async () => {
  const id = await addItem()
  await end(id)
  const front = fakeEdge()
  const real = createS3DeletableObjects(client, buckets.media)
  await purge({ edge: front.edge, media: { ...real, list: failing } })
  expect(front.asked).toHaveLength(1)
  front.complete()
  nowMs += minuteMs
  await purge({ edge: front.edge })
  expect(front.asked).toHaveLength(2)
  expect(await keysOf(id)).toEqual([])
  front.complete()
  nowMs += minuteMs
  await purge({ edge: front.edge })
  expect((await wishes())[0]?.invalidatedAt).not.toBeNull()
})

test('an invalidation that was asked for and not noted is not paid for twice', async () => {
  await end(await addItem())
  const front = fakeEdge()
  await purge({ edge: front.edge, keepInvalidation: () => Promise.reject(new Error('killed')) })
  nowMs += minuteMs
  await purge({ edge: front.edge })
  nowMs += minuteMs
  await purge({ edge: front.edge })
  expect(front.asked).toHaveLength(1)
  front.complete()
  nowMs += minuteMs
  await purge({ edge: front.edge })
  expect((await wishes())[0]?.invalidatedAt).not.toBeNull()
})

test('never more than fifteen paths are under way, and all have their turn', async () => {
  const ids: MediaId[] = []
  for (let n = 0; n < 20; n += 1) ids.push(await rows.addItem(ann, new Date(startMs)))
  for (const id of ids) await end(id)
  const front = fakeEdge()
  await purge({ edge: front.edge })
  nowMs += minuteMs
  await purge({ edge: front.edge })
  expect(front.asked.map(({ paths }) => paths.length)).toEqual([15])
  for (let round = 0; round < 3; round += 1) {
    front.complete()
    nowMs += minuteMs
    await purge({ edge: front.edge })
  }
  expect(front.asked.map(({ paths }) => paths.length)).toEqual([15, 5])
  expect((await wishes()).filter(({ invalidatedAt }) => invalidatedAt === null)).toEqual([])
})
