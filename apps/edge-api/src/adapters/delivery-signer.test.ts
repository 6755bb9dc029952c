import { createVerify, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { verifySignedUrl } from '@shoebox/local/delivery/verify-signed-url.ts'
import { fixedClock } from '@shoebox/testing/fixed-clock.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { importDeliveryKey, makeDeliverySigner } from './delivery-signer.ts'
import { derSignature } from './der-signature.ts'

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const settings = { mediaOrigin: 'https://media.example', keyPairId: 'K1', bucketSeconds: 300 }
const generation = '0123456789abcdef'

async function makeSigner() {
  const clock = fixedClock(new Date('2026-06-15T12:00:00.000Z'))
  return { clock, sign: makeDeliverySigner(settings, await importDeliveryKey(pem))(clock.nowMs) }
}

const decode = (text: string) =>
  Buffer.from(text.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'), 'base64')

test('every signature verifies as DER under the public key, whatever its numbers begin with', async () => {
  const { sign } = await makeSigner()
  for (let n = 1; n <= 300; n += 1) {
    const { query } = await sign(numberedId('media', n), generation)
    const parts = new URLSearchParams(query)
    const verify = createVerify('sha256').update(decode(parts.get('Policy') ?? ''))
    expect(verify.verify(publicKey, decode(parts.get('Signature') ?? ''))).toBe(true)
  }
})

test('numbers with leading zeros or a leading one bit are written as DER asks', () => {
  const raw = new Uint8Array(64)
  raw[31] = 1
  raw[32] = 0x80
  const der = derSignature(raw)
  expect(der.slice(0, 9)).toEqual(Uint8Array.of(0x30, 38, 0x02, 1, 1, 0x02, 33, 0, 0x80))
})

test('an item keeps its URL for five minutes and has ten more when they end', async () => {
  const { sign, clock } = await makeSigner()
  const id = numberedId('media', 1)
  const first = await sign(id, generation)
  clock.advance(299_999)
  expect(await sign(id, generation)).toEqual(first)
  expect(Date.parse(first.expiresAt) - clock.nowMs()).toBeGreaterThan(600_000)
  clock.advance(1)
  const second = await sign(id, generation)
  expect(second.query).not.toBe(first.query)
  expect(Date.parse(second.expiresAt) - Date.parse(first.expiresAt)).toBe(300_000)
})

test('a signature opens one item, all generations of it, and nothing else', async () => {
  const { sign } = await makeSigner()
  const id = numberedId('media', 1)
  const { base, query } = await sign(id, generation)
  expect(base).toBe(`https://media.example/v/${id}/${generation}`)
  const policy = JSON.parse(decode(new URLSearchParams(query).get('Policy') ?? '').toString()) as unknown
  expect(policy).toEqual({
    Statement: [
      {
        Resource: `https://media.example/v/${id}/*`,
        Condition: { DateLessThan: { 'AWS:EpochTime': Date.parse('2026-06-15T12:15:00.000Z') / 1000 } },
      },
    ],
  })
  expect(query).toMatch(/^[\w~&=-]+$/)
})

test('what is remembered is bounded, and an item beyond it is only signed again', async () => {
  const { sign } = await makeSigner()
  const first = await sign(numberedId('media', 1), generation)
  for (let n = 2; n <= 5_001; n += 1) await sign(numberedId('media', n), generation)
  const again = await sign(numberedId('media', 1), generation)
  expect(again.query).not.toBe(first.query)
  expect(again.expiresAt).toBe(first.expiresAt)
})

test('a key is read with the line breaks that an environment variable may carry', async () => {
  await expect(importDeliveryKey(pem.replaceAll('\n', '\\n'))).resolves.toMatchObject({ type: 'private' })
})

test.each([1, 5, 60, 300])(
  'with buckets of %i s, nobody reads longer than three after their last signature',
  async (bucketSeconds) => {
    const clock = fixedClock(new Date('2026-06-15T12:00:00.000Z'))
    const key = await importDeliveryKey(pem)
    const sign = makeDeliverySigner({ ...settings, bucketSeconds }, key)(clock.nowMs)
    const keys = new Map([[settings.keyPairId, publicKey]])
    const step = (bucketSeconds * 1000) / 4
    for (let n = 0; n < 12; n += 1) {
      const { base, query } = await sign(numberedId('media', 1), generation)
      const lostAtMs = clock.nowMs()
      const readAt = (ms: number) => verifySignedUrl(new URL(`${base}/tile.webp?${query}`), keys, ms)
      expect(readAt(lostAtMs + 2 * bucketSeconds * 1000)).toBe('open')
      expect(readAt(lostAtMs + 3 * bucketSeconds * 1000)).toBe('expired')
      clock.advance(step)
    }
  },
)
