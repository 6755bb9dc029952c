import { expect, test } from 'vitest'
import { findRecordedAt } from './read-words.ts'

test.each([
  ['2026-06-15T14:30:05', '2026-06-15T14:30:05'],
  [' 2026-06-15T14:30:05.123Z ', '2026-06-15T14:30:05+00:00'],
  ['2026-06-15T14:30:05+0200', '2026-06-15T14:30:05+02:00'],
  ['2024-02-31T10:00:00', null],
  ['2024-06-15T24:00:00', null],
  ['0000-06-15T10:00:00', null],
  ['yesterday', null],
])('a film that says it was filmed %s', (written, recordedAt) => {
  expect(findRecordedAt({ raw: { DATE_RECORDED: written } })).toBe(recordedAt)
})

test('a day that no calendar has leaves the word to the next clock', () => {
  expect(findRecordedAt({ raw: { '©day': '2024-02-31T10:00:00', creation_time: '2024-03-02T09:00:00Z' } })).toBe(
    '2024-03-02T09:00:00+00:00',
  )
})
