import { expect, test } from 'vitest'
import { fingerprintPattern, fingerprintWindows, hashBits, mirrorBits, planProbes, writeBits } from './fingerprint.ts'

const hash = '0123456789abcdef'.repeat(4)

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

test('a hash is asked for by its keys and their neighbours, and so is each mirror of it', () => {
  const probes = planProbes(hash)
  expect(probes).toHaveLength(4 * 4 * 17)
  expect(probes).toEqual(expect.arrayContaining([0x0123, 0x0122, 0x8123, 0x1_4567, 0x2_89ab, 0x3_cdef]))
  expect(probes).toContain(0x0123 ^ Number.parseInt(mirrorBits.across.slice(0, 4), 16))
  expect(probes.every((probe) => Number.isInteger(probe) && probe >= 0 && probe < 4 * 0x10000)).toBe(true)
})
