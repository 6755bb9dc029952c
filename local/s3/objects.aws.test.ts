import { Readable } from 'node:stream'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { failure, presignPut, send, sha256Base64, startS3Fixture, type S3Fixture } from './s3-fixture.ts'

const Bucket = 'incoming'
const body = Buffer.from('hello world '.repeat(100))

let fixture: S3Fixture
beforeAll(async () => {
  fixture = await startS3Fixture()
})
afterAll(() => fixture.stop())

const put = (Key: string, more = {}) => fixture.client.send(new PutObjectCommand({ Bucket, Key, Body: body, ...more }))
const head = (Key: string) => fixture.client.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }))
async function read(Key: string, more = {}): Promise<Buffer> {
  const { Body } = await fixture.client.send(new GetObjectCommand({ Bucket, Key, ...more }))
  return Buffer.from((await Body?.transformToByteArray()) ?? [])
}

describe('signed headers', () => {
  test('take a buffer and a stream with the SDK’s own checksums', async () => {
    expect((await put('buffer')).ETag).toMatch(/^"[0-9a-f]{32}"$/)
    await fixture.client.send(
      new PutObjectCommand({ Bucket, Key: 'stream', Body: Readable.from([body]), ContentLength: body.length }),
    )
    expect(await read('stream')).toEqual(body)
    expect((await head('stream')).ContentEncoding).toBeUndefined()
  })

  test('refuse a wrong secret, an old clock and other bytes than were hashed', async () => {
    const wrong = fixture.connect({ credentials: { accessKeyId: 'AKIALOCALSHOEBOX0000', secretAccessKey: 'no' } })
    expect(await failure(wrong.send(new PutObjectCommand({ Bucket, Key: 'x', Body: body })))).toEqual({
      name: 'SignatureDoesNotMatch',
      status: 403,
    })
    const late = fixture.connect({ systemClockOffset: -3_600_000 })
    expect(await failure(late.send(new GetObjectCommand({ Bucket, Key: 'buffer' })))).toEqual({
      name: 'RequestTimeTooSkewed',
      status: 403,
    })
  })

  test('are verified with a session token', async () => {
    const session = fixture.connect({
      credentials: { accessKeyId: 'AKIALOCALSHOEBOX0000', secretAccessKey: fixtureSecret, sessionToken: 'tok/en+==' },
    })
    await session.send(new PutObjectCommand({ Bucket, Key: 'session', Body: body }))
    const url = await getSignedUrl(session, new GetObjectCommand({ Bucket, Key: 'session' }))
    expect((await send('GET', url)).status).toBe(200)
    expect((await send('GET', url.replace('tok', 'tik'))).status).toBe(403)
  })
})

const fixtureSecret = 'local/secret+key+of+nothing+worth+stealing'

test('keeps metadata and answers HEAD with it', async () => {
  await put('described', {
    ContentType: 'image/webp',
    CacheControl: 'public, max-age=31536000, immutable',
    ContentDisposition: 'inline',
    Metadata: { foo: 'bar', 'two-words': 'x y' },
    ChecksumSHA256: sha256Base64(body),
  })
  expect(await head('described')).toMatchObject({
    ContentType: 'image/webp',
    CacheControl: 'public, max-age=31536000, immutable',
    ContentDisposition: 'inline',
    ContentLength: body.length,
    ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
    ChecksumSHA256: sha256Base64(body),
    ChecksumType: 'FULL_OBJECT',
    Metadata: { foo: 'bar', 'two-words': 'x y' },
  })
})

test('missing keys and buckets are named as S3 names them', async () => {
  expect(await failure(read('missing'))).toEqual({ name: 'NoSuchKey', status: 404 })
  expect(await failure(head('missing'))).toEqual({ name: 'NotFound', status: 404 })
  expect(await failure(fixture.client.send(new HeadBucketCommand({ Bucket: 'nope-nope' })))).toMatchObject({
    status: 404,
  })
  await fixture.client.send(new HeadBucketCommand({ Bucket }))
})

describe('conditions', () => {
  test('on writes: If-None-Match and If-Match', async () => {
    const { ETag } = await put('conditional')
    expect(await failure(put('conditional', { IfNoneMatch: '*' }))).toMatchObject({ status: 412 })
    expect(await failure(put('conditional', { IfMatch: '"deadbeef"' }))).toMatchObject({ status: 412 })
    expect(await failure(put('conditional', { IfMatch: ETag }))).toEqual({ name: 'no failure', status: 200 })
  })

  test('on reads: 304 for what the client has, 412 for what has changed', async () => {
    const { ETag } = await put('cached')
    expect(await failure(read('cached', { IfNoneMatch: ETag }))).toMatchObject({ status: 304 })
    expect(await failure(read('cached', { IfMatch: '"other"' }))).toMatchObject({ status: 412 })
    expect(await read('cached', { IfMatch: ETag })).toEqual(body)
  })
})

describe('ranges', () => {
  test.each([
    ['bytes=6-10', 206, body.subarray(6, 11)],
    ['bytes=5-', 206, body.subarray(5)],
    ['bytes=-5', 206, body.subarray(-5)],
    ['bytes=1190-99999', 206, body.subarray(1190)],
    ['bytes=10-5', 200, body],
    ['nonsense', 200, body],
  ] as const)('%s', async (range, status, expected) => {
    await put('ranged')
    const url = await getSignedUrl(fixture.client, new GetObjectCommand({ Bucket, Key: 'ranged' }))
    const answer = await send('GET', url, { range })
    expect(answer.status).toBe(status)
    expect(answer.text).toBe(expected.toString())
  })

  test('past the end: 416 with the length', async () => {
    const url = await getSignedUrl(fixture.client, new GetObjectCommand({ Bucket, Key: 'ranged' }))
    const answer = await send('GET', url, { range: 'bytes=999999-' })
    expect(answer).toMatchObject({ status: 416, code: 'InvalidRange' })
    expect(answer.headers['content-range']).toBe(`bytes */${body.length}`)
  })
})

test('presigned GET overrides type, disposition and caching', async () => {
  await put('download')
  const ContentDisposition = `attachment; filename="a b.txt"; filename*=UTF-8''a%20b.txt`
  const command = new GetObjectCommand({
    Bucket,
    Key: 'download',
    ResponseContentDisposition: ContentDisposition,
    ResponseContentType: 'text/x-foo',
  })
  const url = await getSignedUrl(fixture.client, command)
  const answer = await send('GET', url)
  expect(answer.headers).toMatchObject({ 'content-disposition': ContentDisposition, 'content-type': 'text/x-foo' })
  expect((await send('GET', `${url}&response-cache-control=no-store`)).status).toBe(403)
})

describe('copies', () => {
  test('carry bytes and headers, or replace the headers', async () => {
    await put('original', { ContentType: 'image/png', Metadata: { a: '1' }, ChecksumSHA256: sha256Base64(body) })
    const copy = (more = {}) =>
      fixture.client.send(
        new CopyObjectCommand({ Bucket: 'media', Key: 'v/copy', CopySource: `${Bucket}/original`, ...more }),
      )
    await copy()
    const HeadCopy = new HeadObjectCommand({ Bucket: 'media', Key: 'v/copy', ChecksumMode: 'ENABLED' })
    expect(await fixture.client.send(HeadCopy)).toMatchObject({
      ContentType: 'image/png',
      Metadata: { a: '1' },
      ChecksumSHA256: sha256Base64(body),
    })
    await copy({ MetadataDirective: 'REPLACE', ContentType: 'image/avif', Metadata: { z: '1' } })
    expect(await fixture.client.send(HeadCopy)).toMatchObject({ ContentType: 'image/avif', Metadata: { z: '1' } })
  })

  test('survive their source, which shares their bytes', async () => {
    await put('shared-source')
    await fixture.client.send(
      new CopyObjectCommand({ Bucket, Key: 'shared-copy', CopySource: `${Bucket}/shared-source` }),
    )
    await fixture.client.send(new PutObjectCommand({ Bucket, Key: 'shared-source', Body: 'other' }))
    await fixture.client.send(new DeleteObjectCommand({ Bucket, Key: 'shared-source' }))
    expect(await read('shared-copy')).toEqual(body)
  })

  test('bound to an ETag are refused when the source has changed', async () => {
    const { ETag = '' } = await put('inspected')
    const copy = (CopySourceIfMatch: string) =>
      fixture.client.send(
        new CopyObjectCommand({ Bucket: 'media', Key: 'bound', CopySource: `${Bucket}/inspected`, CopySourceIfMatch }),
      )
    expect(await failure(copy('"0123"'))).toEqual({ name: 'PreconditionFailed', status: 412 })
    expect(await failure(copy(ETag))).toMatchObject({ status: 200 })
  })

  test('asked for SHA-256 get it, whatever the source had', async () => {
    await put('plain')
    const answer = await fixture.client.send(
      new CopyObjectCommand({ Bucket, Key: 'summed', CopySource: `${Bucket}/plain`, ChecksumAlgorithm: 'SHA256' }),
    )
    expect(answer.CopyObjectResult?.ChecksumSHA256).toBe(sha256Base64(body))
  })
})

describe('keys', () => {
  const strange = [
    'a b c.txt',
    'ünï/日本語 ✓.png',
    'plus+sign+a b.txt',
    `q'uo"te(1)!*.txt`,
    'pct%20lit.txt',
    'amp&eq=?#<x>.txt',
    'dir//double',
    'trail/',
    'emoji-😀.jpg',
    'tilde~dot..x',
  ]
  test.each(strange)('%s is signed, stored, listed and deleted', async (name) => {
    const Key = `keys/${name}`
    expect((await send('PUT', await presignPut(fixture, { Key }), {}, body)).status).toBe(200)
    expect(await read(Key)).toEqual(body)
    const listed = await fixture.client.send(new ListObjectsV2Command({ Bucket, Prefix: Key }))
    expect(listed.Contents?.map((object) => object.Key)).toEqual([Key])
    await fixture.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key }] } }))
    expect(await failure(head(Key))).toMatchObject({ status: 404 })
  })

  test('longer than 1024 bytes are refused', async () => {
    expect(await failure(put('é'.repeat(513)))).toEqual({ name: 'KeyTooLongError', status: 400 })
  })
})

describe('lists', () => {
  const names = Array.from({ length: 25 }, (_, index) => `list/${String(index).padStart(2, '0')}/x y.txt`)
  beforeAll(async () => {
    for (const Key of names) await put(Key)
  })

  test.each([
    ['keys', {}],
    ['common prefixes', { Delimiter: '/' }],
  ])('page through %s without loss or repeat', async (_what, more) => {
    const seen: string[] = []
    let ContinuationToken: string | undefined
    do {
      const page = await fixture.client.send(
        new ListObjectsV2Command({ Bucket, Prefix: 'list/', MaxKeys: 10, ContinuationToken, ...more }),
      )
      seen.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''))
      seen.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => `${Prefix}x y.txt`))
      ContinuationToken = page.NextContinuationToken
    } while (ContinuationToken !== undefined)
    expect(seen).toEqual(names)
  })

  test('start after a key, encode on demand, and are emptied by DeleteObjects', async () => {
    const later = await fixture.client.send(
      new ListObjectsV2Command({ Bucket, Prefix: 'list/', StartAfter: 'list/20/zzz', EncodingType: 'url' }),
    )
    expect(later.Contents?.map(({ Key }) => Key)).toEqual(names.slice(21).map((name) => name.replace(' ', '+')))
    const Objects = [...names, 'not-there & <x>'].map((Key) => ({ Key }))
    const deleted = await fixture.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
    expect(deleted.Deleted).toHaveLength(26)
    expect((await fixture.client.send(new ListObjectsV2Command({ Bucket, Prefix: 'list/' }))).KeyCount).toBe(0)
  })
})

test('malformed requests are refused and the server lives on', async () => {
  const { endpoint } = fixture.s3
  const answers = [
    await send('GET', `${endpoint}/%zz`),
    await send('PUT', `${endpoint}/incoming/k?X-Amz-Signature=1`, {}, body),
    await send('GET', endpoint, { authorization: 'AWS4-HMAC-SHA256 junk' }),
    await send('GET', endpoint, { authorization: 'Basic x' }),
    await send('OPTIONS', `${endpoint}/nowhere/x`),
    await send('GET', `${endpoint}/incoming/buffer`),
  ]
  for (const { status } of answers) expect(status).toSatisfy((code: number) => code >= 400 && code < 500)
  expect(await failure(put('still-alive'))).toMatchObject({ status: 200 })
})
