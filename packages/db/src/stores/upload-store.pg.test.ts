import { afterAll, beforeAll, expect, test } from 'vitest'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { databaseRows, type Author } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { cloneDatabase, type ClonedDatabase } from '@shoebox/testing/template-database.ts'
import { connectHttp, type EdgeDatabase } from '../connect-http.ts'
import { findUpload, findWatched, markCancelled, reserveUploads, type Reservation } from './upload-store.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime() + 1000
const tooLateMs = start.getTime() + 2 * 3_600_000
let database: ClonedDatabase
let rows: ReturnType<typeof databaseRows>
let edge: EdgeDatabase
let ann: Author
let bob: Author
let next = 100_000

beforeAll(async () => {
  database = await cloneDatabase()
  rows = databaseRows(database.url, start)
  edge = connectHttp({ connectionString: database.url, endpoint: database.httpEndpoint })
  ann = await rows.addAuthor('Ann')
  bob = await rows.addAuthor('Bob')
})

afterAll(async () => {
  await rows.end()
  await database.drop()
})

const plan = (author: Author, count: number): Reservation[] =>
  Array.from({ length: count }, (_, ordinal) => {
    const id = numberedId('media', (next += 1))
    return {
      id,
      ordinal,
      fileName: `"Urlaub", Åre\\ ${ordinal} 🏔.jpg`,
      declaredType: 'image/jpeg',
      declaredBytes: 3_000_000_000 + ordinal,
      declaredSha256: 'A'.repeat(43) + '=',
      incomingKey: incomingKey(author.userId, id),
    }
  })

test('a repeated pre-flight returns the rows of the first', async () => {
  const batchId = crypto.randomUUID()
  const first = await reserveUploads(edge, { author: ann, batchId, reservations: plan(ann, 50), nowMs })
  const again = await reserveUploads(edge, { author: ann, batchId, reservations: plan(ann, 50), nowMs })
  expect(first).toHaveLength(50)
  expect(again).toEqual(first)
  expect(first?.[7]).toMatchObject({ ordinal: 7, state: 'reserved', declaredBytes: 3_000_000_007 })
})

test('ten equal pre-flights at once reserve one set of rows', async () => {
  const batchId = crypto.randomUUID()
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => reserveUploads(edge, { author: ann, batchId, reservations: plan(ann, 5), nowMs })),
  )
  const ids = answers.map((answer) => answer?.map((row) => row.id))
  expect(new Set(ids.map((list) => JSON.stringify(list))).size).toBe(1)
})

test('the batch id of one person is nothing to another', async () => {
  const batchId = crypto.randomUUID()
  const [own] = (await reserveUploads(edge, { author: ann, batchId, reservations: plan(ann, 1), nowMs })) ?? []
  const [other] = (await reserveUploads(edge, { author: bob, batchId, reservations: plan(bob, 1), nowMs })) ?? []
  expect(other?.id).not.toBe(own?.id)
})

test('a session that ended after its check reserves nothing', async () => {
  const wish = { author: ann, batchId: crypto.randomUUID(), reservations: plan(ann, 2) }
  expect(await reserveUploads(edge, { ...wish, nowMs: tooLateMs })).toBeNull()
})

test('cancelling is idempotent, and what is settled stays settled', async () => {
  const reserved = await rows.addUpload(ann)
  const wish = { author: ann, mediaId: reserved, nowMs }
  expect([await markCancelled(edge, wish), await markCancelled(edge, wish)]).toEqual(['cancelled', 'cancelled'])
  const ready = await rows.addItem(ann, start)
  expect(await markCancelled(edge, { ...wish, mediaId: ready })).toBe('ready')
})

test("another person's upload is answered like none", async () => {
  const mediaId = await rows.addUpload(ann)
  const missing = numberedId('media', 9_999_999)
  for (const id of [mediaId, missing]) {
    expect(await findUpload(edge, { author: bob, mediaId: id, nowMs })).toBeNull()
    expect(await markCancelled(edge, { author: bob, mediaId: id, nowMs })).toBeNull()
    expect((await findWatched(edge, { sessionId: bob.sessionId, mediaIds: [id], nowMs })).data).toEqual([])
  }
  expect(await findUpload(edge, { author: ann, mediaId, nowMs })).toMatchObject({ state: 'reserved' })
  expect(await findUpload(edge, { author: ann, mediaId, nowMs: tooLateMs })).toBeNull()
})

test('watching tells the state, the reason and, once ready, the item', async () => {
  const reserved = await rows.addUpload(ann)
  const refused = await rows.addUpload(ann, {
    state: 'refused',
    refusalReason: 'type_not_allowed',
    detectedType: 'application/pdf',
  })
  const ready = await rows.addItem(ann, start)
  const mediaIds = [reserved, refused, ready]
  const { data, session } = await findWatched(edge, { sessionId: ann.sessionId, mediaIds, nowMs })
  const byId = new Map(data.map((row) => [row.id, row]))
  expect(session?.userId).toBe(ann.userId)
  expect(byId.get(reserved)).toMatchObject({ state: 'reserved', ready: null, refusalReason: null })
  expect(byId.get(refused)).toMatchObject({ refusalReason: 'type_not_allowed', detectedType: 'application/pdf' })
  expect(byId.get(ready)).toMatchObject({ state: 'ready', ready: { ownerName: 'Ann', publishedAt: start } })
  expect((await findWatched(edge, { sessionId: ann.sessionId, mediaIds, nowMs: tooLateMs })).data).toEqual([])
})
