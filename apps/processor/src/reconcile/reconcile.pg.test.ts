// Rows, ledgers and objects of a real database and real buckets that do not agree; only the clock is set.
import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { beforeEach, expect, test } from 'vitest'
import { media } from '@shoebox/db/schema/media.ts'
import { quotaDays, quotaTotals } from '@shoebox/db/schema/quota.ts'
import { deletions, reconciliations, remakes, type ReconcileReport } from '@shoebox/db/schema/upkeep.ts'
import { askForStray } from '@shoebox/db/stores/deletion-store.ts'
import { findByIncomingKeys } from '@shoebox/db/stores/janitor-store.ts'
import { pruneTable } from '@shoebox/db/stores/prune-store.ts'
import * as store from '@shoebox/db/stores/reconcile-store.ts'
import { buckets } from '@shoebox/local/cloud-names.ts'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { derivativeKey, incomingKey, originalKey, playKey } from '@shoebox/shared/upload/object-keys.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { openBuckets } from '../../test/open-buckets.ts'
import { createS3DeletableObjects } from '../adapters/s3-deletable-objects.ts'
import { createLog } from '../log.ts'
import { dueClass, remakeAsksMax } from './due-run.ts'
import { reconcile, type ReconcileDeps } from './reconcile.ts'

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs
const [stored, other] = ['0123456789abcdef', 'fedcba9876543210']
const startMs = Date.now()
/** Objects of the local S3 are as old as the test: the round comes later. */
const nowMs = startMs + 9 * dayMs
const { rows } = await openDatabase(new Date(startMs))
const { client } = await openBuckets()
const ann = await rows.addAuthor('Ann')
const remade: string[] = []

beforeEach(async () => {
  remade.length = 0
  await rows.db.delete(media)
  await rows.db.delete(deletions)
  await rows.db.delete(reconciliations)
  await rows.db.delete(remakes)
  await rows.db.delete(quotaTotals)
  await rows.db.delete(quotaDays)
  for (const Bucket of [buckets.incoming, buckets.media]) {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }))
    for (const { Key } of Contents) await client.send(new DeleteObjectCommand({ Bucket, Key }))
  }
})

const makeDeps = (changes: Partial<ReconcileDeps> = {}): ReconcileDeps => ({
  nowMs: () => nowMs,
  media: createS3DeletableObjects(client, buckets.media),
  incoming: createS3DeletableObjects(client, buckets.incoming),
  findRowsAfter: (after, rowsMax) => store.findRowsAfter(rows.db, after, rowsMax),
  findKnownArrivals: async (keys) => new Set((await findByIncomingKeys(rows.db, keys)).map((row) => row.incomingKey)),
  findLedgersAfter: (after, rowsMax) => store.findLedgersAfter(rows.db, after, rowsMax),
  keepProgress: (run, progress) => store.keepProgress(rows.db, run, progress),
  askForStray: (stray, at) => askForStray(rows.db, stray, at),
  noteRemake: (mediaId) => store.noteRemake(rows.db, mediaId, { nowMs, asksMax: remakeAsksMax }),
  remake: async (key) => void remade.push(key),
  mendLedger: (userId) => store.mendLedger(rows.db, userId),
  log: createLog('reconcile', () => {}),
  ...changes,
})

async function compare(
  mends: store.MendedClass = 'nothing',
  changes: Partial<ReconcileDeps> = {},
): Promise<ReconcileReport> {
  const deps = makeDeps(changes)
  const run = await store.beginReconciliation(rows.db, mends, deps.nowMs())
  const report = await reconcile(deps, run, Infinity)
  if (report === null) throw new Error('it did not end')
  return report
}

/** As the clock has it done. */
async function tick(laterMs = 0): Promise<ReconcileReport> {
  const atMs = nowMs + laterMs
  const due = dueClass(await store.findReconciliations(rows.db), atMs)
  if (due === null) throw new Error('nothing is due')
  return compare(due, { nowMs: () => atMs })
}

async function put(Bucket: string, ...keys: string[]): Promise<void> {
  for (const Key of keys) await client.send(new PutObjectCommand({ Bucket, Key, Body: 'bytes' }))
}

const objectsOf = (id: MediaId, generation = stored) => [
  originalKey(id, generation),
  derivativeKey(id, generation, 'tile'),
  playKey(id, generation),
]

/** A film with all that belongs to it. */
async function addWhole(columns: Partial<typeof media.$inferInsert> = {}): Promise<MediaId> {
  const id = await rows.addItem(ann, new Date(startMs), { hasPlay: true, ...columns })
  await put(buckets.media, ...objectsOf(id))
  return id
}

const take = (Key: string) => client.send(new DeleteObjectCommand({ Bucket: buckets.media, Key }))
const wishes = async () =>
  (await rows.db.select().from(deletions)).map(({ mediaId, generation, incomingKey: key, reason }) => ({
    mediaId,
    generation,
    key,
    reason,
  }))

test('finds nothing where rows and objects agree, whatever became of an upload', async () => {
  await addWhole()
  await rows.addUpload(ann)
  await rows.addUpload(ann, { state: 'refused', refusalReason: 'image_damaged', settledAt: new Date(startMs) })
  expect(await compare()).toEqual({ rows: 3, objects: 3, bytes: 15, found: {}, samples: [] })
})

test('reports what rows miss and what no row knows, with bytes, and touches nothing', async () => {
  const captions = [{ language: 'de', label: null, bytes: 119 }]
  const [lost, damaged, replaced] = [await addWhole(), await addWhole({ captions }), await addWhole()]
  await take(originalKey(lost, stored))
  await Promise.all([take(derivativeKey(damaged, stored, 'tile')), take(playKey(damaged, stored))])
  await put(buckets.media, ...objectsOf(replaced, other))
  const stranger = numberedId('media', 900_000)
  await put(buckets.media, ...objectsOf(stranger))
  await put(buckets.incoming, incomingKey(ann.userId, stranger))
  const { found, samples } = await compare()
  expect(found).toEqual({
    original_missing: { count: 1, bytes: 1000, repaired: 0 },
    derivative_missing: { count: 1, bytes: 1219, repaired: 0 },
    stray_generation: { count: 1, bytes: 15, repaired: 0 },
    stray_item: { count: 1, bytes: 15, repaired: 0 },
    stray_arrival: { count: 1, bytes: 5, repaired: 0 },
  })
  expect(samples.map(({ subject }) => subject)).toEqual([lost, damaged, replaced, stranger, stranger])
  expect([remade, await wishes()]).toEqual([[], []])
})

test('mends when told to: missing pictures are made again, strays go, a lost original is only told', async () => {
  const captions = [{ language: 'de', label: null, bytes: 119 }]
  const [lost, damaged, replaced] = [await addWhole(), await addWhole({ captions }), await addWhole()]
  await take(originalKey(lost, stored))
  await take(playKey(damaged, stored))
  await put(buckets.media, ...objectsOf(replaced, other))
  const stranger = numberedId('media', 900_000)
  await put(buckets.media, ...objectsOf(stranger))
  await put(buckets.incoming, incomingKey(ann.userId, stranger))
  const { found } = await compare('all')
  expect(remade).toEqual([originalKey(damaged, stored)])
  expect(found.original_missing).toMatchObject({ count: 1, repaired: 0 })
  expect(found.stray_item).toMatchObject({ count: 1, repaired: 1 })
  expect(await wishes()).toEqual([
    { mediaId: replaced, generation: other, key: null, reason: 'stray' },
    { mediaId: stranger, generation: null, key: incomingKey(ann.userId, stranger), reason: 'stray' },
  ])
})

test('the clock has missing files made again after a report told of them, and nothing else', async () => {
  const [damaged, replaced] = [await addWhole(), await addWhole()]
  await rows.db.insert(quotaTotals).values({ userId: ann.userId, bytes: 7 })
  await take(playKey(damaged, stored))
  await put(buckets.media, ...objectsOf(replaced, other))
  await put(buckets.incoming, incomingKey(ann.userId, numberedId('media', 900_000)))
  expect((await tick()).found.derivative_missing).toMatchObject({ count: 1, repaired: 0 })
  expect(remade, 'a report comes first').toEqual([])
  const { found } = await tick()
  expect(remade).toEqual([originalKey(damaged, stored)])
  expect(found).toMatchObject({
    derivative_missing: { count: 1, repaired: 1 },
    stray_generation: { count: 1, repaired: 0 },
    stray_arrival: { count: 1, repaired: 0 },
    quota_drift: { count: 1, repaired: 0 },
  })
  expect(await wishes()).toEqual([])
  await expect(tick(), 'it takes its time').rejects.toThrow('nothing is due')
  expect((await tick(hourMs)).found.derivative_missing, 'and nothing came of it').toMatchObject({ repaired: 0 })
  await expect(tick(2 * hourMs), 'once a day').rejects.toThrow('nothing is due')
  expect((await tick(hourMs + dayMs)).found.derivative_missing).toMatchObject({ repaired: 0 })
  expect((await tick(hourMs + dayMs)).found.derivative_missing).toMatchObject({ repaired: 1 })
  expect(remade).toHaveLength(2)
})

test('gives up what was made again in vain, and asks anew after a month', async () => {
  const damaged = await addWhole()
  await take(playKey(damaged, stored))
  const repaired: number[] = []
  for (let day = 0; day <= remakeAsksMax; day += 1)
    repaired.push((await compare('derivatives')).found.derivative_missing?.repaired ?? -1)
  expect(repaired).toEqual([...Array<number>(remakeAsksMax).fill(1), 0])
  expect(remade).toHaveLength(remakeAsksMax)
  await pruneTable(rows.db, 'remakes', { nowMs: nowMs + 29 * dayMs, rowsMax: 10 })
  expect((await compare('derivatives')).found.derivative_missing?.repaired).toBe(0)
  await pruneTable(rows.db, 'remakes', { nowMs: nowMs + 31 * dayMs, rowsMax: 10 })
  expect((await compare('derivatives')).found.derivative_missing?.repaired).toBe(1)
})

test('leaves alone what is young: an upload may still be under way', async () => {
  const stranger = numberedId('media', 900_000)
  await put(buckets.media, ...objectsOf(stranger))
  await put(buckets.incoming, incomingKey(ann.userId, stranger))
  const id = await rows.addItem(ann, new Date(startMs))
  const soon = { nowMs: () => startMs + 30 * 60_000 }
  expect((await compare('all', soon)).found).toEqual({})
  expect((await compare('all', { nowMs: () => startMs + 2 * 60 * 60_000 })).samples).toMatchObject([
    { kind: 'original_missing', subject: id },
  ])
})

test('what is in the trash is still wanted, and what was taken down is not', async () => {
  const trashed = await addWhole({ listing: 'trashed', trashedAt: new Date(startMs) })
  const removed = await addWhole({ listing: 'removed' })
  const { found, samples } = await compare()
  expect(found).toEqual({ stray_generation: { count: 1, bytes: 15, repaired: 0 } })
  expect(samples).toMatchObject([{ subject: removed }])
  expect(trashed < removed).toBe(true)
})

test('goes on where it stopped, and two never go on side by side', async () => {
  const ids: MediaId[] = []
  for (let n = 0; n < 4; n += 1) ids.push(await addWhole())
  const last = await addWhole()
  await take(playKey(last, stored))
  const run = await store.beginReconciliation(rows.db, 'nothing', nowMs)
  const first = { ...run, cursor: { phase: 'media', after: ids[2] ?? null } as const }
  expect(await reconcile(makeDeps(), first, 0), 'one step and no more').toBeNull()
  expect(await reconcile(makeDeps(), run, Infinity), 'somebody else has gone on').toBeNull()
  const { unended } = await store.findReconciliations(rows.db)
  if (unended === null) throw new Error('it has ended')
  expect(unended).toMatchObject({ steps: 1, cursor: { phase: 'incoming' }, report: { rows: 2, objects: 5 } })
  const report = await reconcile(makeDeps(), unended, Infinity)
  expect(report?.samples).toMatchObject([{ kind: 'derivative_missing', subject: last }])
  const { last: ended } = await store.findReconciliations(rows.db)
  expect(ended).toMatchObject({ endedAt: new Date(nowMs), report })
})

test('walks more rows and objects than fit a page', async () => {
  const ids = await Promise.all(Array.from({ length: 1100 }, () => rows.addItem(ann, new Date(startMs))))
  const keys = ids.map((id) => originalKey(id, stored))
  await Promise.all([0, 1, 2, 3].map((quarter) => put(buckets.media, ...keys.filter((_, n) => n % 4 === quarter))))
  const { rows: seen, objects, found } = await compare()
  expect([seen, objects]).toEqual([1100, 1100])
  expect(found).toEqual({ derivative_missing: { count: 1100, bytes: 1100 * 100, repaired: 0 } })
  expect((await compare('derivatives')).found.derivative_missing?.repaired, 'by itself').toBe(1000)
  expect((await compare('all')).found.derivative_missing?.repaired, 'when told to').toBe(1100)
})

test('counts a ledger anew that does not follow its rows, both ways, and keeps a day used up', async () => {
  const bob = await rows.addAuthor('Bob')
  const day = '2026-06-15'
  await rows.addItem(ann, new Date(startMs), { quotaBytes: 700, quotaDay: day })
  await rows.addUpload(ann, { quotaBytes: 300, quotaDay: day })
  await rows.db.insert(quotaTotals).values([
    { userId: ann.userId, bytes: 400 },
    { userId: bob.userId, bytes: 90 },
  ])
  await rows.db.insert(quotaDays).values([
    { userId: ann.userId, day, bytes: 500 },
    { userId: bob.userId, day, bytes: 80 },
  ])
  const drift = async (mends: store.MendedClass) => (await compare(mends)).found.quota_drift
  expect(await drift('nothing')).toEqual({ count: 2, bytes: 690, repaired: 0 })
  expect(await drift('all')).toEqual({ count: 2, bytes: 690, repaired: 2 })
  expect(await drift('derivatives')).toBeUndefined()
  expect(await rows.db.select().from(quotaTotals).orderBy(quotaTotals.userId)).toMatchObject([
    { bytes: 1000 },
    { bytes: 0 },
  ])
  expect(await rows.db.select().from(quotaDays).orderBy(quotaDays.userId)).toMatchObject([
    { bytes: 1000 },
    { bytes: 80 },
  ])
})
