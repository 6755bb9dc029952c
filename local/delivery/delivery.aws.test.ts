import { createSign, generateKeyPairSync } from 'node:crypto'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buckets } from '../cloud-names.ts'
import { startStack, type Stack } from '../stack.ts'

const bytes = Buffer.from('0123456789')
const key = 'v/media-1/g1/tile.webp'
let stack: Stack<'s3' | 'delivery'>

beforeAll(async () => {
  stack = await startStack({ parts: ['s3', 'delivery'] })
  const { endpoint } = stack.s3
  const client = new S3Client({ endpoint, region: stack.region, credentials: stack.credentials })
  for (const Key of [key, 'v/media-2/g1/tile.webp', 'originals/media-1', 'o/media-1/g1']) {
    await client.send(new PutObjectCommand({ Bucket: buckets.media, Key, Body: bytes, ContentType: 'image/webp' }))
  }
})
afterAll(() => stack.stop())

type Signing = { resource?: string; expiresInSeconds?: number; privateKey?: string; more?: Record<string, string> }

/** Signs as AWS documents it, without our signer: an independent witness. */
function sign(path: string, { resource, expiresInSeconds = 60, privateKey, more = {} }: Signing = {}): string {
  const { origin, key: pair } = stack.delivery
  const policy = JSON.stringify({
    Statement: [
      {
        Resource: resource ?? `${origin}/v/media-1/*`,
        Condition: { DateLessThan: { 'AWS:EpochTime': Math.floor(Date.now() / 1000) + expiresInSeconds } },
      },
    ],
  })
  const signature = createSign('sha256')
    .update(policy)
    .sign(privateKey ?? pair.privateKey)
  const query = new URLSearchParams({
    Policy: encode(Buffer.from(policy)),
    Signature: encode(signature),
    'Key-Pair-Id': pair.keyPairId,
    'Hash-Algorithm': 'SHA256',
    ...more,
  })
  return `${origin}/${path}?${query.toString()}`
}

const encode = (raw: Buffer) => raw.toString('base64').replaceAll('+', '-').replaceAll('=', '_').replaceAll('/', '~')

test('opens what the policy names, with the headers of the distribution', async () => {
  const answer = await fetch(sign(key))
  expect(answer.status).toBe(200)
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/webp',
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'access-control-allow-origin': stack.siteOrigin,
    'cache-control': expect.stringMatching(/max-age=\d+/),
    'accept-ranges': 'bytes',
  })
  const again = await fetch(sign(key), { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } })
  expect(again.status).toBe(304)
})

test('serves ranges and HEAD', async () => {
  const part = await fetch(sign(key), { headers: { range: 'bytes=2-4' } })
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234'])
  const past = await fetch(sign(key), { headers: { range: 'bytes=99-' } })
  expect([past.status, past.headers.get('content-range')]).toEqual([416, 'bytes */10'])
  const head = await fetch(sign(key), { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '10'])
})

describe('refuses with 403', () => {
  const foreignKey = () =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

  test.each<[string, () => string]>([
    ['nothing signed', () => `${stack.delivery.origin}/${key}`],
    ['another item', () => sign('v/media-2/g1/tile.webp')],
    ['an item whose id begins the same', () => sign('v/media-11/g1/tile.webp')],
    [
      'what is neither shown nor an original',
      () => sign('originals/media-1', { resource: `${stack.delivery.origin}/*` }),
    ],
    ['an original by the signature of its pictures', () => sign('o/media-1/g1')],
    ['an original under another name than was signed', () => `${signNamed('a.jpg')}&${disposition}=inline`],
    ['what is not there', () => sign('v/media-1/g1/none.webp')],
    ['a policy that has ended', () => sign(key, { expiresInSeconds: -1 })],
    ['a policy for another host', () => sign(key, { resource: 'http://elsewhere.example/v/media-1/*' })],
    ['a signature by another key', () => sign(key, { privateKey: foreignKey() })],
    ['an unknown key', () => sign(key, { more: { 'Key-Pair-Id': 'KOTHER' } })],
    ['another hash', () => sign(key, { more: { 'Hash-Algorithm': 'SHA1' } })],
    ['an altered policy', () => sign(key, { more: { Policy: encode(Buffer.from('{"Statement":[]}')) } })],
    ['a path that climbs', () => sign('v/media-1/..%2F..%2Foriginals%2Fmedia-1')],
  ])('%s', async (_what, url) => {
    expect((await fetch(url())).status).toBe(403)
  })
})

const disposition = 'response-content-disposition'

/** An original to be saved under a name; signature and name cover each other. */
function signNamed(fileName: string): string {
  const named = `o/media-1/g1?${disposition}=${encodeURIComponent(`attachment; filename="${fileName}"`)}`
  const [, query] = sign('o', { resource: `${stack.delivery.origin}/${named}` }).split('?')
  return `${stack.delivery.origin}/${named}&${query}`
}

test('hands an original out as a file, under the name that was signed', async () => {
  const answer = await fetch(signNamed('a b.jpg'))
  expect([answer.status, answer.headers.get('content-disposition')]).toEqual([200, 'attachment; filename="a b.jpg"'])
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  // Pictures are shown under no name, whatever the query says.
  const shown = await fetch(sign(key, { more: { [disposition]: 'attachment' } }))
  expect([shown.status, shown.headers.get('content-disposition')]).toEqual([200, null])
})

test('takes nothing but GET, HEAD and the preflight', async () => {
  expect((await fetch(sign(key), { method: 'DELETE' })).status).toBe(405)
  expect((await fetch(sign(key), { method: 'OPTIONS' })).status).toBe(204)
})
