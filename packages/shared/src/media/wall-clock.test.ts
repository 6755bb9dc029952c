import { expect, test } from 'vitest'
import { isWallClock } from './wall-clock.ts'

test.each(['2026-06-15T14:30:05', '2024-02-29T00:00:00', '0001-01-01T00:00:00', '9999-12-31T23:59:59'])(
  '%s is a moment',
  (text) => expect(isWallClock(text)).toBe(true),
)

test.each([
  '2024-02-31T10:00:00',
  '2023-02-29T10:00:00',
  '2024-06-31T10:00:00',
  '2024-06-15T24:00:00',
  '2024-13-01T10:00:00',
  '0000-01-01T00:00:00',
  '2024-06-15T10:00',
  '2024-06-15',
  '',
])('%s is none', (text) => expect(isWallClock(text)).toBe(false))
