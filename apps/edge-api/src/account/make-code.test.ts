import { expect, test } from 'vitest'
import { makeCode } from './make-code.ts'

const bytesOf = (...numbers: number[]) => {
  const left = [...numbers]
  return () => {
    const bytes = new Uint8Array(4)
    new DataView(bytes.buffer).setUint32(0, left.shift() ?? 0)
    return bytes
  }
}

test('a code has six digits, leading zeros too', () => {
  expect(makeCode(bytesOf(0))).toBe('000000')
  expect(makeCode(bytesOf(42))).toBe('000042')
  expect(makeCode(bytesOf(1_999_999))).toBe('999999')
})

test('a draw from the incomplete last run is thrown away, so that no code is likelier', () => {
  const bound = Math.floor(2 ** 32 / 1e6) * 1e6
  expect(makeCode(bytesOf(bound, 2 ** 32 - 1, bound - 1))).toBe('999999')
})
