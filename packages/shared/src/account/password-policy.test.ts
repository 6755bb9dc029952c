import { expect, test } from 'vitest'
import { judgePassword } from './password-policy.ts'

const common = new Set(['1234567890'])
const judge = (password: string) => judgePassword(password, 'ada.lovelace@example.org', common)

test.each([
  ['short', 'password_too_short'],
  ['x'.repeat(201), 'password_too_long'],
  ['1234567890', 'password_too_common'],
  ['Ada.Lovelace', 'password_is_address'],
  ['ADA.LOVELACE@example.org', 'password_is_address'],
])('refuses %j as %s', (password, refusal) => {
  expect(judge(password)).toEqual({ ok: false, refusal })
})

test('takes any other ten characters, counted as people see them', () => {
  expect(judge('corr3ct h0rse')).toEqual({ ok: true, value: 'corr3ct h0rse' })
  expect(judge('🐢'.repeat(10)).ok).toBe(true)
  expect(judge('🐢'.repeat(9)).ok).toBe(false)
})
