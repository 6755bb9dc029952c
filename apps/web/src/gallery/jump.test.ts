import { expect, test } from 'vitest'
import type { MediaId } from '../feed/feed-item.ts'
import type { Layout } from '@shoebox/shared/media/lay-out-rows.ts'
import { findMonth, findStop, listDays, listSections, listYears, type JumpWorld } from './jump.ts'

const idOf = (name: string) => `med_${name}` as MediaId
const layout: Layout = {
  count: 3,
  rules: { widthPx: 100, rowHeightPx: 100, gapPx: 0 },
  rows: [],
  lefts: [0, 0, 0],
  tops: [0, 100, 200],
  widths: [100, 100, 100],
  heights: [100, 100, 100],
  heightPx: 300,
}
const placedAt = (topPx: number, isLoaded: boolean) => ({
  topPx,
  rowsTopPx: topPx + 50,
  endPx: topPx + 350,
  hasHeading: true,
  itemsBefore: 0,
  layout: isLoaded ? layout : null,
})

/** Three chunks of three items; the last one was not looked at yet. */
const world: JumpWorld = {
  chunks: [
    { section: 'today', month: '2026-11', count: 3, cursor: null, ids: ['a', 'a2', 'b'].map(idOf) },
    { section: '2025-07', month: '2025-07', count: 3, cursor: 'x', ids: ['c', 'd', 'd2'].map(idOf) },
    { section: '2025-01', month: '2025-01', count: 3, cursor: 'y', ids: null },
  ],
  placed: [placedAt(0, true), placedAt(400, true), placedAt(800, false)],
  dayOf: (id) => id.slice(4, 5),
}

test('sections, years and days each have their stops, headings included', () => {
  expect(listSections(world)).toEqual([0, 400, 800])
  expect(listYears(world)).toEqual([0, 400])
  expect(listDays(world)).toEqual([50, 250, 450, 550, 800])
})

test('from a stop one goes to the next, and from inside back to where it begins', () => {
  const stops = listSections(world)
  expect(findStop(stops, 400, 1)).toBe(800)
  expect(findStop(stops, 400, -1)).toBe(0)
  expect(findStop(stops, 600, -1)).toBe(400)
  expect(findStop(stops, 800, 1)).toBeUndefined()
})

test('a month without anything leads to what is next further back, and before all of it to the end', () => {
  expect(findMonth(world, '2025-07')).toBe(400)
  expect(findMonth(world, '2025-06')).toBe(800)
  expect(findMonth(world, '1999-01')).toBe(800)
})
