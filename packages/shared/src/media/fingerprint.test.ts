import { expect, test } from 'vitest'
import { fingerprintPattern, fingerprintWindows, hashBits, mirrorBits, writeBits } from './fingerprint.ts'

test('bits are written with the first in the highest place', () => {
  expect(writeBits([true, false, false, false, false, false, true, true])).toBe('83')
  expect(writeBits(Array.from({ length: hashBits * fingerprintWindows.length }, () => true))).toMatch(
    fingerprintPattern,
  )
})

test('mirrored twice is as before: each mirror changes bits of its own, and both change those of either', () => {
  const [across, down, both] = [mirrorBits.across, mirrorBits.down, mirrorBits.both].map((bits) => BigInt(`0x${bits}`))
  expect((across ?? 0n) ^ (down ?? 0n)).toBe(both)
  expect(across).not.toBe(down)
})
