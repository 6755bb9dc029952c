import { expect, test } from 'vitest'
import { densities, planRows } from '@shoebox/shared/media/lay-out-rows.ts'
import {
  estimateHeight,
  findChunks,
  findItems,
  findPlacedGrip,
  gripPlaced,
  headingPx,
  layOutChunk,
  stackChunks,
} from './timeline-layout.ts'

const rules = planRows(1200, 4)
const chunks = [
  { section: 'today', count: 40 },
  { section: '2026-10', count: 200 },
  { section: '2026-10', count: 30 },
]

test('a chunk that is not loaded takes the room that as many usual photos do', () => {
  const guessed = estimateHeight(200, rules)
  const real = layOutChunk(
    Array.from({ length: 200 }, (_, i) => [1.5, 1.33, 0.75, 1.33][i % 4] ?? 1),
    rules,
    false,
  ).heightPx
  expect(Math.abs(guessed - real) / real).toBeLessThan(0.2)
})

test('a section has one heading, however many chunks it has', () => {
  const placed = stackChunks(chunks, rules, () => null)
  expect(placed.map((chunk) => chunk.hasHeading)).toEqual([true, true, false])
  expect(placed.map((chunk) => chunk.rowsTopPx - chunk.topPx)).toEqual([headingPx, headingPx, 0])
})

test('nothing overlaps and the gaps inside a section are those between rows', () => {
  const placed = stackChunks(chunks, rules, () => null)
  for (const [i, chunk] of placed.entries()) {
    const next = placed[i + 1]
    if (next !== undefined) expect(next.topPx - chunk.endPx).toBe(rules.gapPx)
  }
})

test('where a section goes on, the last row of a chunk is as wide as the others', () => {
  const aspects = [1.5, 1.5, 1.5, 1.5, 1.5, 0.9]
  const open = layOutChunk(aspects, rules, false)
  const joined = layOutChunk(aspects, rules, true)
  const right = (layout: typeof open) => (layout.lefts.at(-1) ?? 0) + (layout.widths.at(-1) ?? 0)
  expect(right(open)).toBeLessThan(rules.widthPx)
  expect(right(joined)).toBe(rules.widthPx)
})

test.each(densities)('no chunk of a section ends in a hole, however many are over, %i across', (across) => {
  const own = planRows(1200, across)
  for (let count = 80; count <= 100; count += 1) {
    const aspects = Array.from({ length: count }, (_, i) => [1.5, 1.33, 0.75, 1.33, 1.78][i % 5] ?? 1)
    const { rows, lefts, widths, tops, heightPx } = layOutChunk(aspects, own, true)
    expect(rows.map(({ end }) => (lefts[end - 1] ?? 0) + (widths[end - 1] ?? 0))).toEqual(rows.map(() => 1200))
    expect(rows.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i))).toHaveLength(
      count,
    )
    for (const row of rows.slice(-2)) expect(Math.abs(Math.log(row.heightPx / own.rowHeightPx))).toBeLessThan(0.48)
    const last = rows.at(-1)
    expect((last?.topPx ?? 0) + (last?.heightPx ?? 0)).toBe(heightPx)
    expect(tops).toHaveLength(count)
  }
})

test('one photo that would have to grow out of shape stays as it is', () => {
  expect(layOutChunk([0.5], rules, true)).toEqual(layOutChunk([0.5], rules, false))
})

test('finds the chunks and the items of a stretch, at both ends and in a hundred thousand', () => {
  const many = Array.from({ length: 500 }, (_, i) => ({
    section: `${2026 - Math.floor(i / 12)}`,
    count: 200,
  }))
  const layout = layOutChunk(
    Array.from({ length: 200 }, () => 1.33),
    rules,
    true,
  )
  const placed = stackChunks(many, rules, () => layout)
  const end = placed.at(-1)?.endPx ?? 0
  expect(findChunks(placed, 0, 900)).toEqual({ start: 0, end: 1 })
  expect(findChunks(placed, end - 10, end + 900)).toEqual({ start: 499, end: 500 })
  const chunk = placed[250]
  if (chunk === undefined) throw new Error('there are 500')
  const { start, end: last } = findItems(chunk, chunk.rowsTopPx + 1000, chunk.rowsTopPx + 1900)
  expect(last - start).toBeGreaterThan(5)
  expect(last - start).toBeLessThan(40)
})

test('whoever looks at an item goes on looking at it in another density, also where some chunks are not loaded', () => {
  const aspects = Array.from({ length: 200 }, (_, i) => [1.5, 1.33, 0.75, 1.33][i % 4] ?? 1)
  const placeAll = (across: 2 | 8) => {
    const own = planRows(1200, across)
    return stackChunks(chunks, own, (index) => (index === 1 ? layOutChunk(aspects, own, true) : null))
  }
  const [few, many] = [placeAll(2), placeAll(8)]
  const loaded = few[1]?.layout
  const yPx = (few[1]?.rowsTopPx ?? 0) + (loaded?.tops[120] ?? 0) + 5
  const follow = (xPx: number, down: number) => findPlacedGrip(many, gripPlaced(few, xPx, down))
  const there = follow((loaded?.lefts[120] ?? 0) + 5, yPx)
  const expected = (many[1]?.rowsTopPx ?? 0) + (many[1]?.layout?.tops[120] ?? 0)
  expect(there - expected).toBeGreaterThanOrEqual(0)
  expect(there - expected).toBeLessThan(5)
  // Halfway through what is not loaded is halfway through it afterwards.
  const [was, is] = [few[2], many[2]]
  if (was === undefined || is === undefined) throw new Error('there are three')
  expect(follow(0, (was.rowsTopPx + was.endPx) / 2)).toBeCloseTo((is.rowsTopPx + is.endPx) / 2)
  expect(follow(0, 10)).toBe(10)
})
