// Files in parts, from the pre-flight to the whole object: against the real Worker and an S3 that checks signatures,
// lengths and sums.
import { createHash } from 'node:crypto'
import {
  AbortMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { media } from '@shoebox/db/schema/media.ts'
import { users } from '@shoebox/db/schema/accounts.ts'
import { buckets, credentials, region } from '@shoebox/local/cloud-names.ts'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { findPart } from '@shoebox/shared/upload/plan-parts.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openEdge } from '../../test/open-edge.ts'
import { signUpVisitor, type Visitor } from '../../test/visitor.ts'
import { makeSignPart } from '../adapters/presigner.ts'
import type { BeginOutput, ListPartsOutput, SignPartsOutput, UploadRequest } from './uploads.schema.ts'

const MB = 2 ** 20
const { edge, db } = await openEdge()
let s3: S3Client
let ann: Visitor
let bob: Visitor

beforeAll(async () => {
  s3 = new S3Client({ endpoint: edge.s3Endpoint, region, credentials })
  ann = await signUpVisitor(edge, 'Ann')
  bob = await signUpVisitor(edge, 'Bob')
  await db.update(users).set({ plan: 'studio' })
})

afterAll(async () => {
  s3.destroy()
})

/** Three parts: 8 MB, 8 MB and 1 MB and a bit. */
const film = Buffer.alloc(17 * MB + 5, 'a film of one thought, over and over. ')
const declared = { name: 'film.mp4', type: 'video/mp4', bytes: film.length }

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64')
function partOf(partNumber: number): Uint8Array<ArrayBuffer> {
  const part = findPart(film.length, partNumber)
  if (part === null) throw new Error('no such part')
  return new Uint8Array(film.subarray(part.start, part.end))
}

async function reserve(visitor = ann, file: object = declared): Promise<MediaId> {
  const answer = await visitor.mutate('uploads.begin', { batchId: crypto.randomUUID(), files: [file] })
  const [begun] = (answer.data as BeginOutput).files
  if (begun?.ok !== true) throw new Error(answer.text)
  return begun.mediaId
}

async function reserveOpen(): Promise<MediaId> {
  const mediaId = await reserve()
  const opened = await ann.mutate('uploads.openMultipart', { mediaId })
  if (opened.status !== 200) throw new Error(opened.text)
  return mediaId
}

async function sign(mediaId: MediaId, numbers: readonly number[]): Promise<UploadRequest[]> {
  const parts = numbers.map((partNumber) => ({ partNumber, sha256: sha256Of(partOf(partNumber)) }))
  const answer = await ann.mutate('uploads.signParts', { mediaId, parts })
  if (answer.status !== 200) throw new Error(answer.text)
  return (answer.data as SignPartsOutput).parts.map(({ request }) => request)
}

const put = ({ url, method, headers }: UploadRequest, body: Uint8Array<ArrayBuffer>) =>
  fetch(url, { method, headers, body })

async function sendParts(mediaId: MediaId, numbers: readonly number[]): Promise<void> {
  for (const [index, request] of (await sign(mediaId, numbers)).entries()) {
    const { status } = await put(request, partOf(numbers[index] ?? 0))
    if (status !== 200) throw new Error(`part ${numbers[index]} was answered with ${status}`)
  }
}

async function list(mediaId: MediaId): Promise<ListPartsOutput> {
  const answer = await ann.query('uploads.listParts', { mediaId })
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.data as ListPartsOutput
}

const complete = (mediaId: MediaId) => ann.mutate('uploads.completeMultipart', { mediaId })

async function rowOf(mediaId: MediaId) {
  const [row] = await db.select().from(media).where(eq(media.id, mediaId))
  if (row === undefined) throw new Error('no row')
  return row
}

async function openUploadsUnder(mediaId: MediaId): Promise<string[]> {
  const { incomingKey } = await rowOf(mediaId)
  const { Uploads = [] } = await s3.send(
    new ListMultipartUploadsCommand({ Bucket: buckets.incoming, Prefix: incomingKey }),
  )
  return Uploads.map(({ UploadId = '' }) => UploadId)
}

async function readStored(mediaId: MediaId): Promise<Buffer> {
  const { incomingKey: Key } = await rowOf(mediaId)
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: buckets.incoming, Key }))
  return Buffer.from((await Body?.transformToByteArray()) ?? [])
}

describe('every procedure', () => {
  const calls = (mediaId: MediaId) =>
    [
      ['uploads.openMultipart', { mediaId }],
      ['uploads.signParts', { mediaId, parts: [{ partNumber: 1, sha256: sha256Of(partOf(1)) }] }],
      ['uploads.completeMultipart', { mediaId }],
      ['uploads.listParts', { mediaId }],
    ] as const
  const call = (visitor: Visitor, procedure: string, input: object, cookie?: null) => {
    const changes = cookie === undefined ? {} : { cookie }
    return procedure === 'uploads.listParts'
      ? visitor.query(procedure, input, changes)
      : visitor.mutate(procedure, input, changes)
  }

  test('is refused without a session', async () => {
    for (const [procedure, input] of calls(await reserveOpen())) {
      expect((await call(ann, procedure, input, null)).refusal, procedure).toEqual({ code: 'sign_in_needed' })
    }
  })

  test("answers somebody else's upload exactly like none, and does nothing to it", async () => {
    const mediaId = await reserve()
    const plain = (text: string) => text.replace(/"requestId":"[^"]+"/, '')
    const missing = calls(numberedId('media', 404))
    for (const [index, [procedure, input]] of calls(mediaId).entries()) {
      const foreign = await call(bob, procedure, input)
      const none = await call(bob, procedure, missing[index]?.[1] ?? {})
      expect({ procedure, status: foreign.status }).toEqual({ procedure, status: 404 })
      expect(plain(foreign.text)).toBe(plain(none.text))
    }
    expect((await rowOf(mediaId)).multipartUploadId).toBeNull()
  })

  test('refuses unknown fields, and files that go in one request', async () => {
    const small = await reserve(ann, { ...declared, bytes: 5, sha256: sha256Of(Buffer.from('small')) })
    for (const [procedure, input] of calls(small)) {
      expect((await call(ann, procedure, { ...input, extra: 1 })).refusal).toMatchObject({ fields: ['extra'] })
      expect((await call(ann, procedure, input)).refusal, procedure).toEqual({ code: 'invalid_input' })
    }
    expect((await ann.mutate('uploads.sign', { mediaId: await reserve() })).refusal).toEqual({ code: 'invalid_input' })
  })

  test('has nothing to do for what is cancelled', async () => {
    const mediaId = await reserveOpen()
    await ann.mutate('uploads.cancel', { mediaId })
    for (const [procedure, input] of calls(mediaId)) {
      expect((await call(ann, procedure, input)).refusal, procedure).toEqual({ code: 'upload_settled' })
    }
  })
})

describe('opening', () => {
  test('the pre-flight says how the file is cut, and so does opening, once or ten times at once', async () => {
    const begun = await ann.mutate('uploads.begin', { batchId: crypto.randomUUID(), files: [declared] })
    const [file] = (begun.data as BeginOutput).files
    if (file?.ok !== true) throw new Error(begun.text)
    expect(file).toEqual({ ok: true, mediaId: file.mediaId, method: 'multipart', partBytes: 8 * MB, parts: 3 })
    const { mediaId } = file
    const opened = await Promise.all(Array.from({ length: 10 }, () => ann.mutate('uploads.openMultipart', { mediaId })))
    for (const { data } of opened) expect(data).toEqual({ partBytes: 8 * MB, parts: 3 })
    expect(await openUploadsUnder(mediaId)).toEqual([(await rowOf(mediaId)).multipartUploadId])
  })

  test('parts cannot be signed, listed or joined before', async () => {
    const mediaId = await reserve()
    const parts = [{ partNumber: 1, sha256: sha256Of(partOf(1)) }]
    expect((await ann.mutate('uploads.signParts', { mediaId, parts })).refusal).toEqual({ code: 'upload_not_open' })
    expect((await ann.query('uploads.listParts', { mediaId })).refusal).toEqual({ code: 'upload_not_open' })
    expect((await complete(mediaId)).refusal).toEqual({ code: 'upload_not_open' })
  })
})

describe('a signed part', () => {
  test('is stored only with its number, its length and its content', async () => {
    const mediaId = await reserveOpen()
    const [request] = await sign(mediaId, [1])
    if (request === undefined) throw new Error('not signed')
    const other = partOf(1).fill(7)
    expect((await put(request, other)).status).toBe(400)
    expect((await put(request, partOf(3))).status).toBe(403)
    expect((await put({ ...request, headers: {} }, partOf(1))).status).toBe(403)
    expect((await put({ ...request, headers: { 'x-amz-checksum-sha256': sha256Of(other) } }, other)).status).toBe(403)
    expect(
      (await put({ ...request, url: request.url.replace('partNumber=1', 'partNumber=2') }, partOf(1))).status,
    ).toBe(403)
    expect((await list(mediaId)).parts).toEqual([])
    expect((await put(request, partOf(1))).status).toBe(200)
    expect((await put(request, partOf(1))).status, 'sent again').toBe(200)
  })

  test('is refused by S3 once its request expired, and a fresh request is for the same part', async () => {
    const mediaId = await reserveOpen()
    const [request] = await sign(mediaId, [3])
    if (request === undefined) throw new Error('not signed')
    const settings = { region, credentials, bucket: buckets.incoming, endpoint: edge.s3Endpoint }
    const { incomingKey, multipartUploadId } = await rowOf(mediaId)
    const signedBefore = (minutes: number) =>
      makeSignPart(
        settings,
        () => Date.now() - minutes * 60_000,
      )({
        incomingKey,
        multipartUploadId: multipartUploadId ?? '',
        partNumber: 3,
        bytes: partOf(3).length,
        sha256: sha256Of(partOf(3)),
      })
    expect((await put(await signedBefore(16), partOf(3))).status).toBe(403)
    expect((await put(await signedBefore(14), partOf(3))).status).toBe(200)
    expect(new Date(request.expiresAt).getTime() - Date.now()).toBeLessThanOrEqual(15 * 60_000)
    const [again] = await sign(mediaId, [3])
    expect(again?.headers).toEqual(request.headers)
  })

  test('comes a hundred at a time, each with an end of its own', async () => {
    const large = { ...declared, bytes: 800 * 2 ** 20 }
    const mediaId = await reserve(ann, large)
    await ann.mutate('uploads.openMultipart', { mediaId })
    const parts = Array.from({ length: 100 }, (_, n) => ({ partNumber: 100 - n, sha256: `${'A'.repeat(43)}=` }))
    const signed = (await ann.mutate('uploads.signParts', { mediaId, parts })).data as SignPartsOutput
    expect(signed.parts.map(({ partNumber }) => partNumber)).toEqual(parts.map(({ partNumber }) => partNumber))
    const ends = signed.parts.map(({ request }) => new Date(request.expiresAt).getTime() - Date.now())
    expect(Math.min(...ends)).toBeGreaterThan(14 * 60_000)
    expect(
      new Set(signed.parts.map(({ request }) => new URL(request.url).searchParams.get('X-Amz-Signature'))).size,
    ).toBe(100)
  })

  test.each([
    ['a part that the plan does not have', [{ partNumber: 4, sha256: 'A'.repeat(43) + '=' }]],
    ['part 0', [{ partNumber: 0, sha256: 'A'.repeat(43) + '=' }]],
    ['the same part twice', [1, 1].map((partNumber) => ({ partNumber, sha256: 'A'.repeat(43) + '=' }))],
    ['no parts', []],
    ['101 parts', Array.from({ length: 101 }, (_, n) => ({ partNumber: n + 1, sha256: 'A'.repeat(43) + '=' }))],
    ['a sum that is none', [{ partNumber: 1, sha256: 'A' }]],
  ])('is not made for %s', async (_, parts) => {
    const mediaId = await reserveOpen()
    const answer = await ann.mutate('uploads.signParts', { mediaId, parts })
    expect(answer.refusal).toMatchObject({ code: 'invalid_input' })
  })
})

describe('the whole dance', () => {
  test('parts in any order, a crash in between, the rest another day: the object is the file, byte for byte', async () => {
    const mediaId = await reserveOpen()
    await sendParts(mediaId, [3, 1])
    // After the crash the browser knows nothing but the media id.
    await ann.mutate('uploads.openMultipart', { mediaId })
    const known = await list(mediaId)
    expect(known).toEqual({
      isReceived: false,
      parts: [1, 3].map((partNumber) => {
        const part = partOf(partNumber)
        return { partNumber, bytes: part.length, sha256: sha256Of(part) }
      }),
      nextAfter: null,
    })
    await sendParts(mediaId, [2])
    expect((await complete(mediaId)).data).toEqual({})
    expect((await readStored(mediaId)).equals(film)).toBe(true)
  })

  test('is not complete before every part is there; the answer names what is missing', async () => {
    const mediaId = await reserveOpen()
    await sendParts(mediaId, [2])
    const answer = await complete(mediaId)
    expect(answer.status).toBe(409)
    expect(answer.refusal).toEqual({ code: 'parts_missing', missing: [1, 3] })
    await sendParts(mediaId, [1, 3])
    expect((await complete(mediaId)).data).toEqual({})
  })

  test('completed twice, at once or later, it is one object; and the list says that it was received', async () => {
    const mediaId = await reserveOpen()
    await sendParts(mediaId, [1, 2, 3])
    const answers = await Promise.all([complete(mediaId), complete(mediaId)])
    expect(answers.map(({ status }) => status)).toContain(200)
    expect((await complete(mediaId)).data).toEqual({})
    expect(await list(mediaId)).toEqual({ isReceived: true, parts: [], nextAfter: null })
    expect((await readStored(mediaId)).equals(film)).toBe(true)
    for (const state of ['ready', 'refused'] as const) {
      const changes = { state, publishedAt: new Date(), generation: 'g', type: 'video/mp4', kind: 'video' } as const
      await db.update(media).set(changes).where(eq(media.id, mediaId))
      expect((await complete(mediaId)).data).toEqual({})
    }
    await db.delete(media).where(eq(media.id, mediaId))
  })

  test('a multipart upload that S3 lost is opened anew', async () => {
    const mediaId = await reserveOpen()
    await sendParts(mediaId, [1])
    const { incomingKey: Key, multipartUploadId } = await rowOf(mediaId)
    const lost = { Bucket: buckets.incoming, Key, UploadId: multipartUploadId ?? '' }
    await s3.send(new AbortMultipartUploadCommand(lost))
    expect((await complete(mediaId)).refusal).toEqual({ code: 'upload_not_open' })
    await ann.mutate('uploads.openMultipart', { mediaId })
    await sendParts(mediaId, [1, 2, 3])
    expect((await complete(mediaId)).data).toEqual({})
  })

  test('cancelling makes S3 forget the parts', async () => {
    const mediaId = await reserveOpen()
    await sendParts(mediaId, [3])
    expect(await openUploadsUnder(mediaId)).toHaveLength(1)
    await ann.mutate('uploads.cancel', { mediaId })
    await expect.poll(() => openUploadsUnder(mediaId)).toEqual([])
  })

  test('each call is at most two trips to the database', async () => {
    const trips = async (run: () => Promise<unknown>) => {
      edge.neon.resetCounts()
      await run()
      return edge.neon.counts.trips
    }
    const mediaId = await reserve()
    expect(await trips(() => ann.mutate('uploads.openMultipart', { mediaId }))).toBe(2)
    expect(await trips(() => ann.mutate('uploads.openMultipart', { mediaId }))).toBe(1)
    expect(await trips(() => sign(mediaId, [1, 2, 3]))).toBe(1)
    expect(await trips(() => list(mediaId))).toBe(1)
    expect(await trips(() => complete(mediaId))).toBe(1)
  })
})
