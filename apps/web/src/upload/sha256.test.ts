import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { hashBlob } from './hash-blob.ts'
import { createSha256 } from './sha256.ts'

const bytesOf = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8)) & 0xff)
const truth = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64')

test('agrees with Node at every length around the block borders', () => {
  for (const length of [0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 1000]) {
    const hash = createSha256()
    hash.update(bytesOf(length))
    expect(Buffer.from(hash.digest()).toString('base64'), `${length} bytes`).toBe(truth(bytesOf(length)))
  }
})

test('does not depend on how the stream is cut', () => {
  const bytes = bytesOf(100_003)
  for (const cut of [1, 63, 64, 65, 4096]) {
    const hash = createSha256()
    for (let from = 0; from < bytes.length; from += cut) hash.update(bytes.subarray(from, from + cut))
    expect(Buffer.from(hash.digest()).toString('base64'), `cuts of ${cut}`).toBe(truth(bytes))
  }
})

test('a file is hashed the same by WebCrypto, and by our own code where there is none', async () => {
  const blob = new Blob([bytesOf(300_000)])
  expect(await hashBlob(blob)).toBe(truth(bytesOf(300_000)))
  expect(await hashBlob(blob, null)).toBe(truth(bytesOf(300_000)))
})

test('no file of more than 8 MB is read whole, and every part of one may be', async () => {
  const bytes = bytesOf(8 * 2 ** 20 + 1)
  const file = new File([bytes], 'a.jpg')
  const readBytes: number[] = []
  const subtle = {
    digest: (_, data: ArrayBuffer) => (readBytes.push(data.byteLength), crypto.subtle.digest('SHA-256', data)),
  } as SubtleCrypto
  expect(await hashBlob(file, subtle)).toBe(truth(bytes))
  expect(readBytes).toEqual([])
  expect(await hashBlob(file.slice(0, file.size), subtle)).toBe(truth(bytes))
  expect(readBytes).toEqual([file.size])
})
