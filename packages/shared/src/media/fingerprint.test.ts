import { expect, test } from 'vitest'
import {
  fingerprintPattern,
  fingerprintWindows,
  hashBits,
  mirrorBits,
  planProbes,
  readKey,
  writeBits,
} from './fingerprint.ts'

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
  expect(probes).toHaveLength(4 * 4 * 19)
  const own = Number.parseInt('000000010010001101', 2)
  expect(readKey(hash, 0)).toBe(own)
  expect(readKey(hash, 3)).toBe(Number.parseInt('011110111100000001', 2))
  expect(probes).toEqual(expect.arrayContaining([own, own ^ 1, own ^ 0x20000, 3 * 0x40000 + readKey(hash, 3)]))
  expect(probes).toContain(own ^ readKey(mirrorBits.across, 0))
  expect(probes.every((probe) => Number.isInteger(probe) && probe >= 0 && probe < 4 * 0x40000)).toBe(true)
})
