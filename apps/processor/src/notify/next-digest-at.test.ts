import { expect, test } from 'vitest'
import { nextDigestAt } from './next-digest-at.ts'

const next = (now: string, frequency: 'daily' | 'weekly', zone: string | null) =>
  nextDigestAt(Date.parse(now), frequency, zone).toISOString()

test.each([
  // 2026-06-15 is a Monday.
  ['2026-06-15T07:59:59.999Z', 'daily', null, '2026-06-15T08:00:00.000Z'],
  ['2026-06-15T08:00:00.000Z', 'daily', null, '2026-06-16T08:00:00.000Z'],
  ['2026-06-15T07:59:00.000Z', 'weekly', 'UTC', '2026-06-15T08:00:00.000Z'],
  ['2026-06-15T08:00:00.000Z', 'weekly', 'UTC', '2026-06-22T08:00:00.000Z'],
  ['2026-06-15T12:00:00.000Z', 'daily', 'Europe/Berlin', '2026-06-16T06:00:00.000Z'],
  ['2026-06-14T21:30:00.000Z', 'weekly', 'Asia/Kathmandu', '2026-06-15T02:15:00.000Z'],
  ['2026-06-15T03:00:00.000Z', 'weekly', 'Pacific/Auckland', '2026-06-21T20:00:00.000Z'],
  ['2026-06-15T00:00:00.000Z', 'daily', 'America/New_York', '2026-06-15T12:00:00.000Z'],
] as const)('after %s a %s one in %s is mailed at %s', (now, frequency, zone, expected) => {
  expect(next(now, frequency, zone)).toBe(expected)
})

test('a morning is a morning on both sides of a change of clocks', () => {
  expect(next('2026-03-28T12:00:00.000Z', 'daily', 'Europe/Berlin')).toBe('2026-03-29T06:00:00.000Z')
  expect(next('2026-03-27T12:00:00.000Z', 'daily', 'Europe/Berlin')).toBe('2026-03-28T07:00:00.000Z')
})

test('a zone that nobody knows is UTC', () => {
  expect(next('2026-06-15T07:00:00.000Z', 'daily', 'Mars/Olympus')).toBe('2026-06-15T08:00:00.000Z')
})
