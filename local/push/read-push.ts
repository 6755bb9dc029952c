// What a push service and a browser do with a push, each for its part: see that it comes from whom the browser trusted
// (VAPID, RFC 8292), and decrypt it (RFC 8188, RFC 8291). Written from the RFCs with Node's cryptography, so that the
// library which writes pushes is not its own judge.
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, verify, type ECDH } from 'node:crypto'

/** A browser's half: what decrypts. */
export type Receiver = { readonly keys: ECDH; readonly auth: Buffer }

export function makeReceiver(random: (length: number) => Buffer): Receiver {
  const keys = createECDH('prime256v1')
  keys.generateKeys()
  return { keys, auth: random(16) }
}

type Vapid = { readonly token: string; readonly key: string }

const readHeader = (authorization: string): Vapid | null => {
  const [, token, key] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? []
  return token === undefined || key === undefined ? null : { token, key }
}

const parse = (part: string | undefined): Record<string, unknown> =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as Record<string, unknown>

/** A day: what RFC 8292 allows. */
const lifetimeSecondsMax = 24 * 60 * 60

/**
 * Why a push is not from whom it should be, or null when it is.
 * @param key the public key that the browser was subscribed with, as a SPKI PEM
 * @param host where it was sent
 */
export function judgeSender(authorization: string, key: string, host: string, nowMs: number): string | null {
  const header = readHeader(authorization)
  if (header === null) return 'no VAPID'
  const point = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-65)
  if (header.key !== point.toString('base64url')) return 'another key than the browser was subscribed with'
  const [head, claims, signature, ...more] = header.token.split('.')
  if (signature === undefined || more.length > 0 || parse(head)['alg'] !== 'ES256') return 'no ES256 token'
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  if (!isSigned) return 'a wrong signature'
  const { aud, exp, sub } = parse(claims)
  if (aud !== `https://${host}`) return `for another service: ${String(aud)}`
  const secondsLeft = Number(exp) - nowMs / 1000
  if (!(secondsLeft > 0 && secondsLeft <= lifetimeSecondsMax)) return 'over, or good for too long'
  return typeof sub === 'string' && /^(mailto:|https:)/.test(sub) ? null : 'no way to reach the sender'
}

/** Throws when it is not encrypted to the receiver, or not whole. */
export function decryptPush(body: Buffer, { keys, auth }: Receiver): string {
  const salt = body.subarray(0, 16)
  const idLength = body.readUInt8(20)
  const senderKey = body.subarray(21, 21 + idLength)
  const record = body.subarray(21 + idLength)
  if (body.length > 4096 || record.length > body.readUInt32BE(16)) throw new Error('a push of more than one record')
  const derive = (secret: Uint8Array, from: Uint8Array, info: Buffer, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, from, info, length))
  const keyInfo = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), senderKey])
  const secret = derive(keys.computeSecret(senderKey), auth, keyInfo, 32)
  const decipher = createDecipheriv(
    'aes-128-gcm',
    derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16),
    derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12),
  )
  decipher.setAuthTag(record.subarray(-16))
  const plain = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()])
  const end = plain.findLastIndex((byte) => byte !== 0)
  if (plain[end] !== 2) throw new Error('no end of the last record')
  return plain.subarray(0, end).toString()
}
