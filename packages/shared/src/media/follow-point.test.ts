import { expect, test } from 'vitest'
import { findAt, findGrip, gripAt } from './follow-point.ts'
import { layOutRows, planRows } from './lay-out-rows.ts'

test('the same point is in the same item of another layout, and as far down in it', () => {
  const aspects = Array.from(
    { length: 300 },
    (_, i) => [1.5, 0.67, 1.33, 1.78, 1, 0.56, 2.4, 4.5, 0.4][(i * 7) % 9] ?? 1,
  )
  const one = layOutRows(aspects, planRows(1000, 4))
  const other = layOutRows(aspects, planRows(1000, 8))
  for (const index of [0, 17, 150, 299]) {
    const xPx = (one.lefts[index] ?? 0) + 3
    const yPx = (one.tops[index] ?? 0) + (one.heights[index] ?? 0) / 2
    expect(findAt(one, xPx, yPx)).toBe(index)
    expect(findGrip(other, gripAt(one, xPx, yPx))).toBeCloseTo(
      (other.tops[index] ?? 0) + (other.heights[index] ?? 0) / 2,
    )
  }
})

test('a point beside all items belongs to the nearest one', () => {
  const layout = layOutRows([1, 1, 1], { widthPx: 1000, rowHeightPx: 200, gapPx: 8 })
  expect(findAt(layout, -50, -50)).toBe(0)
  expect(findAt(layout, 990, 100)).toBe(2)
  expect(findAt(layout, 300, 9000)).toBe(1)
})
