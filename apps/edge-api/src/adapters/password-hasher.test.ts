import { argon2Sync, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { makePasswordHasher } from './password-hasher.ts'

const wasm = readFileSync(createRequire(import.meta.url).resolve('@phi-ag/argon2/argon2.wasm'))
const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm))
const hasher = makePasswordHasher(instance, (length) => new Uint8Array(randomBytes(length)))

test("a hash is argon2id with 19 MiB and two passes, and Node's own argon2 computes the same", async () => {
  const phc = await hasher.hashPassword('correct horse battery')
  const [, algorithm, version, parameters, salt = '', hash] = phc.split('$')
  expect([algorithm, version, parameters]).toEqual(['argon2id', 'v=19', 'm=19456,t=2,p=1'])
  const native = argon2Sync('argon2id', {
    message: Buffer.from(Buffer.from('correct horse battery').toString('base64')),
    nonce: Buffer.from(salt, 'base64'),
    memory: 19_456,
    passes: 2,
    parallelism: 1,
    tagLength: 32,
  })
  expect(native.toString('base64').replace(/=+$/, '')).toBe(hash)
})

test('the same password has another hash each time, and both open', async () => {
  const [one, two] = [await hasher.hashPassword('twice the same'), await hasher.hashPassword('twice the same')]
  expect(one).not.toBe(two)
  expect([await hasher.isPassword(one, 'twice the same'), await hasher.isPassword(two, 'twice the same')]).toEqual([
    true,
    true,
  ])
  expect(await hasher.isPassword(one, 'twice the Same')).toBe(false)
})

test.each(['пароль на двадцать букв', 'ひみつのことばはながい', '😀😀😀😀😀😀😀😀😀😀', 'nul\0inside it'])(
  'reads %j to its very end',
  async (password) => {
    const phc = await hasher.hashPassword(password)
    expect(await hasher.isPassword(phc, password)).toBe(true)
    const shorter = Array.from(password).slice(0, -1).join('')
    expect(await hasher.isPassword(phc, shorter)).toBe(false)
    expect(await hasher.isPassword(phc, `${shorter}x`)).toBe(false)
  },
)

test('the same letters as other code points are the same password', async () => {
  expect(await hasher.isPassword(await hasher.hashPassword('Zürich im Mai'), 'Zu\u0308rich im Mai')).toBe(true)
})

test('nobody signs in against no hash or a broken one', async () => {
  for (const hash of [
    null,
    '',
    'x',
    '$argon2id$v=19$m=19456,t=2,p=1$AAAA',
    '$argon2i$v=19$m=8,t=1,p=1$AAAAAAAA$AAAA',
  ]) {
    expect(await hasher.isPassword(hash, 'correct horse battery')).toBe(false)
  }
})
