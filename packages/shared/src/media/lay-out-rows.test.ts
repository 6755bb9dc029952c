import { describe, expect, test } from 'vitest'
import {
  clampAspect,
  densities,
  findNeighbour,
  findVisible,
  layOutRows,
  planRows,
  type Layout,
  type RowRules,
} from './lay-out-rows.ts'

const rules: RowRules = { widthPx: 1000, rowHeightPx: 200, gapPx: 8 }

/** A repeatable mixture: the same every run, and no two neighbours alike. */
const mixture = (count: number): number[] => {
  let seed = 7
  return Array.from({ length: count }, () => {
    seed = (seed * 16_807) % 2_147_483_647
    return [1.5, 0.67, 1.33, 1.78, 1, 0.56, 2.4, 4.5, 0.4][seed % 9] ?? 1
  })
}

const rights = (layout: Layout) =>
  layout.rows.map((row) => (layout.lefts[row.end - 1] ?? 0) + (layout.widths[row.end - 1] ?? 0))

describe('rows', () => {
  test('hold every item once and in order', () => {
    const layout = layOutRows(mixture(500), rules)
    expect(layout.rows.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i))).toEqual(
      Array.from({ length: 500 }, (_, i) => i),
    )
  })

  test('fill the width exactly, all but the last', () => {
    const edges = rights(layOutRows(mixture(500), rules))
    expect(new Set(edges.slice(0, -1))).toEqual(new Set([rules.widthPx]))
    expect(edges.at(-1)).toBeLessThanOrEqual(rules.widthPx)
  })

  test('keep true aspects to within a pixel of rounding', () => {
    const aspects = mixture(300)
    const layout = layOutRows(aspects, rules)
    for (const [i, aspect] of aspects.entries()) {
      const ideal = (layout.heights[i] ?? 0) * aspect
      expect(Math.abs((layout.widths[i] ?? 0) - ideal)).toBeLessThan(5)
    }
  })

  test('never overlap and are never wildly high or low', () => {
    const { rows } = layOutRows(mixture(500), rules)
    for (const [i, row] of rows.entries()) {
      const above = rows[i - 1]
      if (above !== undefined) expect(row.topPx).toBe(above.topPx + above.heightPx + rules.gapPx)
      expect(row.heightPx).toBeLessThanOrEqual(rules.rowHeightPx * 1.6)
      expect(row.heightPx).toBeGreaterThan(rules.rowHeightPx * 0.4)
    }
  })

  test('a last row that is not full keeps the asked height instead of being blown up', () => {
    const layout = layOutRows([1], rules)
    expect(layout.rows).toEqual([{ topPx: 0, heightPx: 200, start: 0, end: 1 }])
    expect(layout.widths).toEqual([200])
  })

  test('one panorama wider than the page fits it', () => {
    const layout = layOutRows([4.5], { ...rules, widthPx: 340 })
    expect(rights(layout)).toEqual([340])
  })

  test('nothing gives nothing', () => {
    expect(layOutRows([], rules)).toMatchObject({ count: 0, heightPx: 0, rows: [] })
  })
})

describe('a page more', () => {
  test('gives the same layout as laying out everything anew', () => {
    const aspects = mixture(240)
    let grown = layOutRows(aspects.slice(0, 30), rules)
    for (let count = 60; count <= 240; count += 30) grown = layOutRows(aspects.slice(0, count), rules, grown)
    expect(grown).toEqual(layOutRows(aspects, rules))
  })

  test('leaves full rows where they are', () => {
    const aspects = mixture(60)
    const before = layOutRows(aspects.slice(0, 30), rules)
    const after = layOutRows(aspects, rules, before)
    expect(after.rows.slice(0, before.rows.length - 1)).toEqual(before.rows.slice(0, -1))
  })
})

test('100,000 items are each looked at a handful of times, however many there are', () => {
  const countReads = (count: number) => {
    let reads = 0
    const aspects = new Proxy(mixture(count), {
      get(target, key) {
        reads += 1
        return Reflect.get(target, key) as unknown
      },
    })
    layOutRows(aspects, rules)
    return reads / count
  }
  expect(countReads(1000)).toBeLessThan(6)
  expect(countReads(100_000)).toBeLessThan(6)
})

describe('what is visible', () => {
  const layout = layOutRows(mixture(1000), rules)

  test('is every item of every row that touches the span, and no other', () => {
    for (const fromPx of [-500, 0, 333, 5000, layout.heightPx - 100]) {
      const { start, end } = findVisible(layout, fromPx, fromPx + 800)
      const touching = layout.rows.filter((row) => row.topPx + row.heightPx >= fromPx && row.topPx <= fromPx + 800)
      expect([start, end]).toEqual([touching[0]?.start, touching.at(-1)?.end])
    }
  })

  test('beyond the end is nothing', () => {
    const { start, end } = findVisible(layout, layout.heightPx + 100, layout.heightPx + 900)
    expect(end - start).toBe(0)
  })
})

describe('arrow keys', () => {
  // Three rows of four squares.
  const squares = layOutRows(
    Array.from({ length: 12 }, () => 1.24),
    { widthPx: 1000, rowHeightPx: 200, gapPx: 0 },
  )

  test('go beside, and stop at both ends', () => {
    expect(squares.rows.map((row) => row.end - row.start)).toEqual([4, 4, 4])
    expect(findNeighbour(squares, 3, 'right')).toBe(4)
    expect(findNeighbour(squares, 0, 'left')).toBe(0)
    expect(findNeighbour(squares, 11, 'right')).toBe(11)
  })

  test('go to the item above or below, whatever its number', () => {
    expect(findNeighbour(squares, 1, 'down')).toBe(5)
    expect(findNeighbour(squares, 6, 'up')).toBe(2)
    expect(findNeighbour(squares, 2, 'up')).toBe(2)
    expect(findNeighbour(squares, 9, 'down')).toBe(9)
  })

  test('find the nearest middle in a row of other widths', () => {
    const layout = layOutRows([2.5, 2.5, 1, 1, 1, 2], { widthPx: 1000, rowHeightPx: 200, gapPx: 0 })
    expect(layout.rows.map((row) => row.end)).toEqual([2, 6])
    expect(findNeighbour(layout, 1, 'down')).toBe(5)
    expect(findNeighbour(layout, 0, 'down')).toBe(3)
    expect(findNeighbour(layout, 2, 'up')).toBe(0)
  })
})

test('masts, strips and items of unknown size get a shape one can press', () => {
  expect(clampAspect(100, 4000)).toBe(0.4)
  expect(clampAspect(9000, 100)).toBe(4.5)
  expect(clampAspect(null, null)).toBeCloseTo(4 / 3)
  expect(clampAspect(10, 0)).toBeCloseTo(4 / 3)
})

describe.each(densities)('%i across', (across) => {
  test.each([340, 700, 1240, 3720])('is what %i px get on average of usual photos', (width) => {
    const layout = layOutRows(
      Array.from({ length: 400 }, (_, i) => [4 / 3, 4 / 3, 3 / 4, 4 / 3, 16 / 9, 3 / 4][i % 6] ?? 1),
      planRows(width, across),
    )
    const full = layout.rows.slice(0, -1)
    const average = full.reduce((sum, row) => sum + row.end - row.start, 0) / full.length
    expect(Math.abs(average - across) / across).toBeLessThan(0.15)
  })

  test('leaves a gap that is seen and that does not outgrow the photos', () => {
    for (const width of [340, 1240, 3720]) {
      const { gapPx, rowHeightPx } = planRows(width, across)
      expect(gapPx).toBeGreaterThanOrEqual(2)
      expect(gapPx).toBeLessThanOrEqual(Math.max(2, rowHeightPx / 10))
    }
  })
})
