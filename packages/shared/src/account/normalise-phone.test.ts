import { expect, test } from 'vitest'
import { normalisePhone } from './normalise-phone.ts'

test.each([
  ['+905321234567', '+905321234567'],
  ['+90 (532) 123-45 67', '+905321234567'],
  ['0044 20 7946 0958', '+442079460958'],
])('%s is kept as %s', (text, phone) => {
  expect(normalisePhone(text)).toBe(phone)
})

test.each(['', '5321234567', '+0123456789', '+1234567', '+1234567890123456', '+49 30 CALL', '+4930<b>12345'])(
  '%j is no phone number',
  (text) => {
    expect(normalisePhone(text)).toBeNull()
  },
)
