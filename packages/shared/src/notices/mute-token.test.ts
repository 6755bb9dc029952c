import { expect, test } from 'vitest'
import { makeId } from '../ids.ts'
import { muteText, readMuteToken, writeMuteToken } from './mute-token.ts'

const userId = makeId('user', 0, new Uint8Array(10))
const groupId = makeId('group', 0, new Uint8Array(10))
const mac = 'A'.repeat(43)

test.each([groupId, null])('what is written for %s is read again', (about) => {
  const muted = { userId, groupId: about }
  expect(readMuteToken(writeMuteToken(muted, mac))).toEqual({ muted, mac })
})

test('a group’s proof is no proof for another, nor for the digest', () => {
  const other = makeId('group', 1, new Uint8Array(10))
  expect(new Set([groupId, other, null].map((about) => muteText({ userId, groupId: about }))).size).toBe(3)
})

test.each([
  '',
  'a.b.c',
  `${userId}.digest`,
  `${userId}.digest.${mac}=`,
  `${userId}.digest.${mac}.x`,
  `${groupId}.digest.${mac}`,
])('%j is none', (token) => expect(readMuteToken(token)).toBe(null))
