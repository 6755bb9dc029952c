import { createHash, createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { fixedClock } from '@shoebox/testing/fixed-clock.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { bucketOrigin, makeSignPut } from './presigner.ts'
import { WebSha256 } from './web-sha256.ts'

const clock = fixedClock(new Date('2026-06-15T12:00:00.750Z'))
const key = incomingKey(numberedId('user', 1), numberedId('media', 1))
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a secret/with+signs' }
const settings = { region: 'eu-central-1', credentials, bucket: 'shoebox-incoming' }
const sha256 = `${'A'.repeat(43)}=`
const subject = { incomingKey: key, declaredType: 'image/jpeg', declaredBytes: 12_345, declaredSha256: sha256 } as const

test('a signed URL carries these query keys and binds these headers, no others', async () => {
  const { url, method, headers, expiresAt } = await makeSignPut(settings, clock.nowMs)(subject)
  const { origin, pathname, searchParams } = new URL(url)
  expect(method).toBe('PUT')
  expect(origin + pathname).toBe(`https://shoebox-incoming.s3.eu-central-1.amazonaws.com/${key}`)
  expect(Object.fromEntries(searchParams)).toEqual({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
    'X-Amz-Credential': 'AKIDEXAMPLE/20260615/eu-central-1/s3/aws4_request',
    'X-Amz-Date': '20260615T120000Z',
    'X-Amz-Expires': '900',
    'X-Amz-Signature': expect.stringMatching(/^[0-9a-f]{64}$/),
    'X-Amz-SignedHeaders': 'content-length;content-type;host;if-none-match;x-amz-checksum-sha256',
  })
  expect(headers).toEqual({ 'content-type': 'image/jpeg', 'if-none-match': '*', 'x-amz-checksum-sha256': sha256 })
  expect(expiresAt).toBe('2026-06-15T12:15:00.000Z')
})

test("the signature is Amazon's own algorithm, computed here a second time by hand", async () => {
  const { url } = await makeSignPut(settings, clock.nowMs)(subject)
  const { host, pathname, searchParams } = new URL(url)
  const signature = searchParams.get('X-Amz-Signature')
  searchParams.delete('X-Amz-Signature')
  const escape = (text: string) => encodeURIComponent(text).replaceAll('*', '%2A')
  const query = [...searchParams]
    .map(([name, value]) => `${escape(name)}=${escape(value)}`)
    .toSorted()
    .join('&')
  const canonical = [
    'PUT',
    pathname,
    query,
    'content-length:12345',
    'content-type:image/jpeg',
    `host:${host}`,
    'if-none-match:*',
    `x-amz-checksum-sha256:${sha256}`,
    '',
    'content-length;content-type;host;if-none-match;x-amz-checksum-sha256',
    'UNSIGNED-PAYLOAD',
  ].join('\n')
  const hash = createHash('sha256').update(canonical).digest('hex')
  const toSign = ['AWS4-HMAC-SHA256', '20260615T120000Z', '20260615/eu-central-1/s3/aws4_request', hash].join('\n')
  const signingKey = ['20260615', 'eu-central-1', 's3', 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${credentials.secretAccessKey}`,
  )
  expect(signature).toBe(createHmac('sha256', signingKey).update(toSign).digest('hex'))
})

test('another S3 is addressed by path, with its port signed', async () => {
  const endpoint = 'http://127.0.0.1:7422'
  const { url } = await makeSignPut({ ...settings, endpoint }, clock.nowMs)(subject)
  expect(url).toContain(`http://127.0.0.1:7422/shoebox-incoming/${key}?`)
  expect(bucketOrigin({ ...settings, endpoint })).toBe('http://127.0.0.1:7422')
})

test.each([0, 1, 55, 56, 64, 65, 1000])(
  'the platform hashes %d bytes as Node does, with and without a key',
  async (length) => {
    const bytes = new Uint8Array(length).fill(7)
    const plain = new WebSha256()
    plain.update(bytes.subarray(0, 3))
    plain.update(bytes.subarray(3))
    expect(Buffer.from(await plain.digest())).toEqual(createHash('sha256').update(bytes).digest())
    const keyed = new WebSha256('key')
    keyed.update(bytes)
    expect(Buffer.from(await keyed.digest())).toEqual(createHmac('sha256', 'key').update(bytes).digest())
  },
)
