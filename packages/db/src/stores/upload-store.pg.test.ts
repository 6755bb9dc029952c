import { beforeAll, expect, test } from 'vitest'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { findHistory } from './history-store.ts'
import { findSending, findUpload, findWatched, forgetMultipart, keepMultipart, markCancelled } from './upload-store.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime() + 1000
const tooLateMs = start.getTime() + 2 * 3_600_000
const { rows, edge } = await openDatabase(start)
let ann: Author
let bob: Author

beforeAll(async () => {
  ann = await rows.addAuthor('Ann')
  bob = await rows.addAuthor('Bob')
})

test('cancelling is idempotent, and what is settled stays settled', async () => {
  const reserved = await rows.addUpload(ann)
  const wish = { author: ann, mediaId: reserved, nowMs }
  const answers = [await markCancelled(edge, wish), await markCancelled(edge, wish)]
  expect(answers).toMatchObject([{ state: 'cancelled' }, { state: 'cancelled' }])
  const ready = await rows.addItem(ann, start)
  expect(await markCancelled(edge, { ...wish, mediaId: ready })).toMatchObject({ state: 'ready' })
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

test('a multipart upload is stored once: whoever opened a second one gets the first', async () => {
  const mediaId = await rows.addUpload(ann, { declaredSha256: null })
  const wish = { author: ann, mediaId, nowMs }
  const names = Array.from({ length: 10 }, (_, n) => `upload-${n}`)
  const kept = await Promise.all(names.map((multipartUploadId) => keepMultipart(edge, { ...wish, multipartUploadId })))
  expect(new Set(kept).size).toBe(1)
  const [first] = kept
  expect(names).toContain(first)
  await forgetMultipart(edge, { ...wish, multipartUploadId: 'another' })
  const read = () => findSending(edge, { sessionId: ann.sessionId, mediaId, nowMs })
  expect((await read()).data).toMatchObject({ id: mediaId, multipartUploadId: first, state: 'reserved' })
  await forgetMultipart(edge, { ...wish, multipartUploadId: first ?? '' })
  expect((await read()).data?.multipartUploadId).toBeNull()
})

test('no multipart upload is stored for what is settled, for somebody else, or after the session ended', async () => {
  const mediaId = await rows.addUpload(ann, { declaredSha256: null })
  const keep = (changes: object) =>
    keepMultipart(edge, { author: ann, mediaId, nowMs, multipartUploadId: 'x', ...changes })
  expect(await keep({ author: bob })).toBeNull()
  expect(await keep({ nowMs: tooLateMs })).toBeNull()
  await markCancelled(edge, { author: ann, mediaId, nowMs })
  expect(await keep({})).toBeNull()
  expect((await findSending(edge, { sessionId: bob.sessionId, mediaId, nowMs })).data).toBeNull()
})

test('what a moderator removed or put aside is signed for nobody, its owner included', async () => {
  const listings = ['listed', 'held', 'quarantined', 'removed'] as const
  const mediaIds = await Promise.all(listings.map((listing) => rows.addItem(ann, start, { listing })))
  const wish = { sessionId: ann.sessionId, nowMs }
  const watched = (await findWatched(edge, { ...wish, mediaIds })).data
  const listed = (await findHistory(edge, { ...wish, after: null, rowsMax: 100 })).data
  for (const answer of [watched, listed]) {
    const isSigned = (id: string | undefined) => answer.find((row) => row.id === id)?.ready !== null
    expect(mediaIds.map(isSigned)).toEqual([true, true, false, false])
  }
})

test('of what people do not come across its owner is told why: it waits for a review, or lies in the trash', async () => {
  const listings = [{ listing: 'listed' }, { listing: 'held' }, { listing: 'trashed', trashedAt: start }] as const
  const mediaIds = await Promise.all(listings.map((columns) => rows.addItem(ann, start, columns)))
  const wish = { sessionId: ann.sessionId, nowMs }
  const watched = (await findWatched(edge, { ...wish, mediaIds })).data
  const listed = (await findHistory(edge, { ...wish, after: null, rowsMax: 100 })).data
  for (const answer of [watched, listed]) {
    const shown = mediaIds.map((id) => answer.find((row) => row.id === id)?.ready)
    expect(shown.map((item) => item?.isHeld)).toEqual([false, true, false])
    expect(shown.map((item) => item?.isTrashed)).toEqual([false, false, true])
  }
})
