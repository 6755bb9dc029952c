import { expect, test } from 'vitest'
import { inviteAlphabet, invitePattern, makeInviteCode, readInviteCode } from './joining.ts'

test('a code comes out of any random bytes and is one that the pattern knows', () => {
  expect(makeInviteCode(Uint8Array.from({ length: 40 }, (_, i) => i * 7))).toMatch(invitePattern)
})

test('every letter is as likely as any other', () => {
  const counts = new Map<string, number>()
  for (let byte = 0; byte < 256; byte += 1) {
    const [letter = ''] = makeInviteCode(Uint8Array.from([byte, ...Array.from({ length: 39 }, () => 0)]))
    // A byte that is passed over leaves the first of the zeros, which is the alphabet's first letter.
    counts.set(letter, (counts.get(letter) ?? 0) + 1)
  }
  const [first, ...others] = Array.from(inviteAlphabet, (letter) => counts.get(letter))
  expect(new Set(others)).toEqual(new Set([8]))
  expect(first).toBe(8 + (256 % inviteAlphabet.length))
})

test('codes read aloud and typed on a phone are understood', () => {
  expect(readInviteCode(' abcde-fghjk ')).toBe('ABCDEFGHJK')
})
