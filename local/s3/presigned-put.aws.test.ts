import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { failure, presignPut, send, sha256Base64, startS3Fixture, type S3Fixture } from './s3-fixture.ts'

const body = Buffer.from('hello world '.repeat(100))
const sum = sha256Base64(body)
const bound = { ContentType: 'image/png', ContentLength: body.length, ChecksumSHA256: sum, IfNoneMatch: '*' } as const
const headers = { 'content-type': 'image/png', 'if-none-match': '*', 'x-amz-checksum-sha256': sum }

let fixture: S3Fixture
beforeAll(async () => {
  fixture = await startS3Fixture()
})
afterAll(() => fixture.stop())

async function refuse(answer: ReturnType<typeof send>): Promise<[number, string]> {
  const { status, code } = await answer
  return [status, code]
}

test('takes exactly what was signed, and keeps type and checksum', async () => {
  const url = await presignPut(fixture, { Key: 'ok.png', ...bound })
  expect(new URL(url).searchParams.get('X-Amz-SignedHeaders')).toBe(
    'content-length;content-type;host;if-none-match;x-amz-checksum-sha256',
  )
  const answer = await send('PUT', url, headers, body)
  expect(answer.status).toBe(200)
  expect(answer.headers['x-amz-checksum-sha256']).toBe(sum)
  const head = await fixture.client.send(
    new HeadObjectCommand({ Bucket: 'incoming', Key: 'ok.png', ChecksumMode: 'ENABLED' }),
  )
  expect(head).toMatchObject({ ContentType: 'image/png', ContentLength: body.length, ChecksumSHA256: sum })
})

type Alteration = readonly [what: string, alter: (url: URL) => unknown, expected: readonly [number, string]]

const alterations: Alteration[] = [
  ['signature', (url: URL) => url.searchParams.set('X-Amz-Signature', '0'.repeat(64)), [403, 'SignatureDoesNotMatch']],
  ['key', (url: URL) => (url.pathname += 'x'), [403, 'SignatureDoesNotMatch']],
  ['bucket', (url: URL) => (url.pathname = url.pathname.replace('incoming', 'media')), [403, 'SignatureDoesNotMatch']],
  ['longer life', (url: URL) => url.searchParams.set('X-Amz-Expires', '3600'), [403, 'SignatureDoesNotMatch']],
  [
    'another date',
    (url: URL) => {
      const date = url.searchParams.get('X-Amz-Date') ?? ''
      url.searchParams.set('X-Amz-Date', date.replace(/\d{2}Z/, date.endsWith('59Z') ? '58Z' : '59Z'))
    },
    [403, 'SignatureDoesNotMatch'],
  ],
  [
    'fewer headers',
    (url: URL) => url.searchParams.set('X-Amz-SignedHeaders', 'host;x-amz-checksum-sha256'),
    [403, 'SignatureDoesNotMatch'],
  ],
  ['parameter added', (url: URL) => url.searchParams.set('partNumber', '1'), [403, 'SignatureDoesNotMatch']],
  [
    'over a week',
    (url: URL) => url.searchParams.set('X-Amz-Expires', '700000'),
    [400, 'AuthorizationQueryParametersError'],
  ],
  [
    'other region',
    (url: URL) =>
      url.searchParams.set(
        'X-Amz-Credential',
        url.searchParams.get('X-Amz-Credential')?.replace('us-east-1', 'eu-west-1') ?? '',
      ),
    [400, 'AuthorizationQueryParametersError'],
  ],
  [
    'no signature',
    (url: URL) => url.searchParams.delete('X-Amz-Signature'),
    [400, 'AuthorizationQueryParametersError'],
  ],
  ['nothing signed', (url: URL) => (url.search = ''), [403, 'AccessDenied']],
]

describe('a request that differs from what was signed is refused', () => {
  test.each([
    ['another type', { ...headers, 'content-type': 'text/html' }, body, [403, 'SignatureDoesNotMatch']],
    ['no type', { 'if-none-match': '*', 'x-amz-checksum-sha256': sum }, body, [403, 'SignatureDoesNotMatch']],
    ['a longer body', headers, Buffer.concat([body, body]), [403, 'SignatureDoesNotMatch']],
    [
      'another checksum',
      { ...headers, 'x-amz-checksum-sha256': sha256Base64(Buffer.alloc(1)) },
      body,
      [403, 'SignatureDoesNotMatch'],
    ],
    ['no checksum', { 'content-type': 'image/png', 'if-none-match': '*' }, body, [403, 'SignatureDoesNotMatch']],
    [
      'no condition',
      { 'content-type': 'image/png', 'x-amz-checksum-sha256': sum },
      body,
      [403, 'SignatureDoesNotMatch'],
    ],
    ['metadata added', { ...headers, 'x-amz-meta-evil': '1' }, body, [403, 'AccessDenied']],
    ['an ACL added', { ...headers, 'x-amz-acl': 'public-read' }, body, [403, 'AccessDenied']],
    ['other bytes of the same length', headers, Buffer.from(body.map((byte) => byte ^ 1)), [400, 'BadDigest']],
  ] as const)('%s', async (_what, sentHeaders, bytes, expected) => {
    const url = await presignPut(fixture, { Key: 'refused.png', ...bound })
    expect(await refuse(send('PUT', url, sentHeaders, bytes))).toEqual(expected)
    expect(
      await failure(fixture.client.send(new HeadObjectCommand({ Bucket: 'incoming', Key: 'refused.png' }))),
    ).toEqual({
      name: 'NotFound',
      status: 404,
    })
  })

  test.each(alterations)('altered URL: %s', async (_what, alter, expected) => {
    const url = new URL(
      await presignPut(fixture, { Key: 'altered.png', ...bound }, { signingDate: new Date(Date.now() - 60_000) }),
    )
    alter(url)
    expect(await refuse(send('PUT', url.href, headers, body))).toEqual(expected)
  })

  test('used for another method', async () => {
    const url = await presignPut(fixture, { Key: 'ok.png', ...bound })
    expect(await refuse(send('DELETE', url, headers))).toEqual([403, 'SignatureDoesNotMatch'])
    expect(await refuse(send('GET', url, headers))).toEqual([403, 'SignatureDoesNotMatch'])
  })

  test('expired, not yet valid, unknown key, wrong secret', async () => {
    const put = async (options: Parameters<typeof presignPut>[2]) =>
      refuse(send('PUT', await presignPut(fixture, { Key: 'late.png', ...bound }, options), headers, body))
    const now = Date.now()
    expect(await put({ expiresIn: 60, signingDate: new Date(now - 61_000) })).toEqual([403, 'AccessDenied'])
    expect(await put({ expiresIn: 60, signingDate: new Date(now + 3_600_000) })).toEqual([403, 'AccessDenied'])
    expect(await put({ config: { credentials: { accessKeyId: 'AKIANOTKNOWN', secretAccessKey: 'x' } } })).toEqual([
      403,
      'InvalidAccessKeyId',
    ])
    expect(
      await put({ config: { credentials: { accessKeyId: 'AKIALOCALSHOEBOX0000', secretAccessKey: 'x' } } }),
    ).toEqual([403, 'SignatureDoesNotMatch'])
  })
})

test('a second PUT with If-None-Match finds the object and is refused with 412', async () => {
  const put = async () => send('PUT', await presignPut(fixture, { Key: 'once.png', ...bound }), headers, body)
  expect((await put()).status).toBe(200)
  expect(await put()).toMatchObject({ status: 412, code: 'PreconditionFailed' })
})

test('of twenty simultaneous first writes exactly one succeeds', async () => {
  const url = await presignPut(fixture, { Key: 'race.png', ...bound })
  const answers = await Promise.all(Array.from({ length: 20 }, () => send('PUT', url, headers, body)))
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
    200,
    ...Array.from({ length: 19 }, () => 412),
  ])
})

test('ignores a checksum that stands in the query, as S3 does', async () => {
  const url = await getSignedUrl(fixture.client, new PutObjectCommand({ Bucket: 'incoming', Key: 'hoisted' }))
  expect(url).toContain('x-amz-checksum-crc32')
  expect((await send('PUT', url, {}, body)).status).toBe(200)
})

test('honours metadata in the query, as S3 does', async () => {
  const url = await presignPut(fixture, { Key: 'hoisted-metadata', Metadata: { owner: 'u2' } })
  expect((await send('PUT', url, {}, body)).status).toBe(200)
  const head = await fixture.client.send(new HeadObjectCommand({ Bucket: 'incoming', Key: 'hoisted-metadata' }))
  expect(head.Metadata).toEqual({ owner: 'u2' })
})

test('wants a length before it takes a body, and a bucket that exists', async () => {
  const url = await presignPut(fixture, { Key: 'chunked' })
  expect(await refuse(send('PUT', url, { 'transfer-encoding': 'chunked' }, body))).toEqual([
    411,
    'MissingContentLength',
  ])
  const elsewhere = await getSignedUrl(fixture.client, new PutObjectCommand({ Bucket: 'no-such-bucket', Key: 'k' }))
  expect(await refuse(send('PUT', elsewhere, {}, body))).toEqual([404, 'NoSuchBucket'])
})

test('stores empty and large bodies byte for byte', async () => {
  for (const bytes of [Buffer.alloc(0), Buffer.alloc(25 << 20, 7)]) {
    expect((await send('PUT', await presignPut(fixture, { Key: 'sized' }), {}, bytes)).status).toBe(200)
    const read = await fixture.client.send(new GetObjectCommand({ Bucket: 'incoming', Key: 'sized' }))
    expect(Buffer.from((await read.Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true)
  }
})

test('a refused 30 MB body still hears the reason', async () => {
  const url = (await presignPut(fixture, { Key: 'big-refused' })).replace(/Signature=\w{4}/, 'Signature=0000')
  const answer = await fetch(url, { method: 'PUT', body: new Uint8Array(30 << 20) })
  expect(answer.status).toBe(403)
  expect(await answer.text()).toContain('SignatureDoesNotMatch')
})
