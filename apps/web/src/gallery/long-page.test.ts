import { expect, test } from 'vitest'
import { planRows } from '@shoebox/shared/media/lay-out-rows.ts'
import { createLongPage, followPage, pageMaxPx, toPage, toPlace } from './long-page.ts'
import { estimateHeight } from './timeline-layout.ts'

/** A million items, two across, on a wide screen. */
const millionPx = estimateHeight(1_000_000, planRows(3720, 2))
const screenPx = 2000

function openPage(totalPx: number) {
  let shift = 0
  return createLongPage(
    {},
    () => totalPx,
    () => shift,
    (px) => (shift = px),
  )
}

test('a million items need more than any browser scrolls, and their page less', () => {
  expect(millionPx).toBeGreaterThan(500_000_000)
  expect(openPage(millionPx).heightPx()).toBe(pageMaxPx)
  expect(pageMaxPx).toBeLessThan(16_700_000 / 2)
})

test('a gallery that fits is its page, pixel by pixel', () => {
  for (const px of [-300, 0, 12_345, 5_000_000]) {
    expect(toPage(px, 6_000_000)).toBe(px)
    expect(toPlace(px, 6_000_000)).toBe(px)
    expect(openPage(6_000_000).follow(px, screenPx)).toBe(px)
  }
  expect(openPage(6_000_000).moveBy(70)).toBe(70)
})

test('there and back is the same place, the ends are the ends, and the order is kept', () => {
  let before = -Infinity
  for (let share = 0; share <= 1; share += 1 / 512) {
    const placePx = share * millionPx
    const pagePx = toPage(placePx, millionPx)
    expect(toPlace(pagePx, millionPx)).toBeCloseTo(placePx, 3)
    expect(pagePx).toBeGreaterThan(before)
    before = pagePx
  }
  expect(toPage(0, millionPx)).toBe(0)
  expect(toPage(millionPx, millionPx)).toBe(pageMaxPx)
  // The header above the gallery, and what is below it.
  expect(toPlace(-200, millionPx)).toBe(-200)
  expect(toPage(millionPx - 500, millionPx)).toBe(pageMaxPx - 500)
})

test('a wheel moves by its own pixels, wherever it is turned', () => {
  const start = { pagePx: 4_000_000, placePx: toPlace(4_000_000, millionPx) }
  let view = start
  for (let turn = 0; turn < 50; turn += 1) view = followPage(view, view.pagePx + 900, millionPx, screenPx)
  expect(view.placePx - start.placePx).toBeCloseTo(50 * 900)
})

test('a jump by the scrollbar goes as far down in the gallery', () => {
  const view = followPage({ pagePx: 0, placePx: 0 }, pageMaxPx / 2, millionPx, screenPx)
  expect(view.placePx / millionPx).toBeCloseTo(0.5)
})

test('at rest the page moves to where the scrollbar is true, and nothing on the screen does', () => {
  const page = openPage(millionPx)
  page.aim(300_000_000)
  const from = toPage(300_000_000, millionPx)
  for (let turn = 1; turn <= 20; turn += 1) page.follow(from + turn * 900, screenPx)
  const movedPx = page.settle(screenPx, true)
  expect(movedPx).toBeLessThan(0)
  const pagePx = from + 20 * 900 + movedPx
  expect(Math.abs(pagePx - toPage(300_018_000, millionPx))).toBeLessThanOrEqual(1)
  expect(page.follow(pagePx, screenPx)).toBeCloseTo(300_018_000)
  expect(page.settle(screenPx, true)).toBe(0)
})

test('who scrolls on and on meets the end of the gallery, not that of the page', () => {
  const page = openPage(pageMaxPx + 5_000_000)
  page.aim(3_000_000)
  let pagePx = toPage(3_000_000, pageMaxPx + 5_000_000)
  let placePx = 3_000_000
  for (let turn = 0; placePx > 0 && turn < 5000; turn += 1) {
    // A browser does not scroll beyond the beginning of its page.
    pagePx = Math.max(-200, pagePx - 900)
    placePx = page.follow(pagePx, screenPx)
    pagePx += page.settle(screenPx, false)
  }
  expect(Math.abs(placePx - pagePx)).toBeLessThanOrEqual(1)
  expect(placePx).toBeLessThanOrEqual(0)
})

test('who scrolls slowly gets there, and who comes back stands where they left to the pixel', () => {
  const gallery = {}
  const open = () => {
    let shift = 0
    return createLongPage(
      gallery,
      () => millionPx,
      () => shift,
      (px) => (shift = px),
    )
  }
  const page = open()
  const pagePx = page.aim(300_000_000)
  for (let step = 1; step <= 40; step += 1) page.follow(pagePx + step, screenPx)
  expect(page.follow(pagePx + 41, screenPx)).toBeCloseTo(300_000_041)
  const leftPx = pagePx + 41 + page.settle(screenPx, true)
  const again = open()
  again.follow(-120, screenPx)
  expect(again.follow(Math.round(leftPx), screenPx)).toBeCloseTo(300_000_041)
})

test('what grows above the screen moves the page of no long gallery', () => {
  const page = openPage(millionPx)
  page.aim(200_000_000)
  const before = page.shiftPx()
  expect(page.moveBy(333)).toBe(0)
  expect(page.shiftPx() - before).toBeCloseTo(333)
})
