import { createECDH, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { decryptPush, judgeSender } from './read-push.ts'

describe('decrypting', () => {
  // RFC 8291, appendix A: written by others than the library that encrypts ours.
  const keys = createECDH('prime256v1')
  keys.setPrivateKey('q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94', 'base64url')
  const receiver = { keys, auth: Buffer.from('BTBZMqHH6r4Tts7J_aSIgg', 'base64url') }
  const body = Buffer.from(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    'base64url',
  )

  test('reads the example of the RFC', () => {
    expect(decryptPush(body, receiver)).toBe('When I grow up, I want to be a watermelon')
  })

  test('reads nothing that was changed, or is for somebody else', () => {
    const changed = Buffer.from(body)
    changed.writeUInt8(changed.readUInt8(100) ^ 1, 100)
    expect(() => decryptPush(changed, receiver)).toThrow()
    expect(() => decryptPush(body, { ...receiver, auth: Buffer.alloc(16) })).toThrow()
  })
})

describe('judging who sent it', () => {
  const nowMs = Date.parse('2026-06-15T12:00:00.000Z')
  const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ours = pair()
  const pem = ours.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const headerOf = (claims: object, { privateKey, publicKey } = ours, alg = 'ES256') => {
    const signed = `${encode({ typ: 'JWT', alg })}.${encode(claims)}`
    const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' })
    const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-65)
    return `vapid t=${signed}.${signature.toString('base64url')}, k=${point.toString('base64url')}`
  }
  const good = { aud: 'https://push.test', exp: nowMs / 1000 + 3600, sub: 'mailto:a@b.cc' }
  const judge = (header: string) => judgeSender(header, pem, 'push.test', nowMs)

  test('takes what we signed for it', () => {
    expect(judge(headerOf(good))).toBe(null)
  })

  test.each([
    ['nobody', ''],
    ['somebody else', headerOf(good, pair())],
    ['our key with another signature', headerOf(good).replace(/t=(\S+)\.\S+,/, `t=$1.${'A'.repeat(86)},`)],
    ['us for another service', headerOf({ ...good, aud: 'https://other.test' })],
    ['us long ago', headerOf({ ...good, exp: nowMs / 1000 - 1 })],
    ['us for too long', headerOf({ ...good, exp: nowMs / 1000 + 90_000 })],
    ['us without a way to reach us', headerOf({ ...good, sub: 'me' })],
    ['us with another algorithm', headerOf(good, ours, 'none')],
  ])('refuses %s', (_, header) => {
    expect(judge(header)).not.toBe(null)
  })
})
