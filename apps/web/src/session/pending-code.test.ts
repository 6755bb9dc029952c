import { expect, test } from 'vitest'
import type { VerificationId } from '@shoebox/shared/ids.ts'
import { findNextPlace, withNext } from './next-place.ts'
import { clearPendingCode, readPendingCode, writePendingCode } from './pending-code.ts'

function makeStorage(initial?: string) {
  const map = new Map<string, string>(initial === undefined ? [] : [['shoebox.sign-up', initial]])
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  }
}
const sent = {
  verificationId: 'ver_01990000-0000-7000-8000-000000000000' as VerificationId,
  email: 'ada@example.org',
  sentAtMs: 5,
}

test('a code that is not entered yet survives a reload, for what it was sent and nothing else', () => {
  const storage = makeStorage()
  writePendingCode(storage, 'reset', sent)
  expect(readPendingCode(storage, 'reset')).toEqual(sent)
  expect(readPendingCode(storage, 'sign-in')).toBeNull()
  clearPendingCode(storage, 'reset')
  expect(readPendingCode(storage, 'reset')).toBeNull()
})

test('what does not read back to a code is none', () => {
  for (const text of ['', 'null', '[]', '{"email":1}', JSON.stringify({ ...sent, verificationId: 'med_1' })])
    expect(readPendingCode(makeStorage(text), 'sign-up'), text).toBeNull()
})

test('signing in leads back to where one was, and never off the site', () => {
  expect(findNextPlace('/p/med_1')).toBe('/p/med_1')
  for (const next of [undefined, '', 'https://evil.example', '//evil.example', '/\\evil.example', ['/a', '/b']])
    expect(findNextPlace(next)).toBe('/')
  expect(withNext('/sign-in', '/p/x?y')).toBe('/sign-in?next=%2Fp%2Fx%3Fy')
})
