import { expect, test } from 'vitest'
import { sumMonths } from './list-months.ts'

test('months and the whole are the sums of their days, in the order of the days', () => {
  const rows = [
    { day: '2026-03-02', count: 2 },
    { day: '2026-03-01', count: 1 },
    { day: '2025-12-31', count: 4 },
  ]
  expect(sumMonths(rows)).toEqual({
    months: [
      {
        month: '2026-03',
        count: 3,
        days: [
          { day: 2, count: 2 },
          { day: 1, count: 1 },
        ],
      },
      { month: '2025-12', count: 4, days: [{ day: 31, count: 4 }] },
    ],
    total: 7,
  })
  expect(sumMonths([])).toEqual({ months: [], total: 0 })
})
