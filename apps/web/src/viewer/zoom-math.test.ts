import { describe, expect, test } from 'vitest'
import { clampView, fitted, judgeRelease, zoomAbout } from './zoom-math.ts'

test('the point zoomed about keeps its place on screen', () => {
  const point = { x: 120, y: -40 }
  const before = { scale: 1.5, xPx: 30, yPx: 10 }
  const after = zoomAbout(before, 3, point)
  const under = (view: typeof before) => [(point.x - view.xPx) / view.scale, (point.y - view.yPx) / view.scale]
  expect(under(after)).toEqual(under(before))
})

test('never smaller than fitted, never larger than five times', () => {
  expect(zoomAbout(fitted, 0.2, { x: 0, y: 0 }).scale).toBe(1)
  expect(zoomAbout(fitted, 99, { x: 0, y: 0 }).scale).toBe(5)
})

test('a zoomed picture cannot be dragged off the stage', () => {
  const stage = { width: 1000, height: 800 }
  const picture = { width: 1000, height: 600 }
  const view = clampView({ scale: 2, xPx: 9999, yPx: -9999 }, picture, stage)
  expect(view).toEqual({ scale: 2, xPx: 500, yPx: -200 })
  expect(clampView({ scale: 1, xPx: 50, yPx: 50 }, picture, stage)).toMatchObject({ xPx: 0, yPx: 0 })
})

describe('letting go', () => {
  test('far to a side is the next or the one before', () => {
    expect(judgeRelease({ x: -120, y: 10 }, 500)).toBe('next')
    expect(judgeRelease({ x: 120, y: 10 }, 500)).toBe('previous')
  })
  test('a short quick flick counts as far', () => {
    expect(judgeRelease({ x: -40, y: 0 }, 60)).toBe('next')
    expect(judgeRelease({ x: -40, y: 0 }, 600)).toBe('stay')
  })
  test('down closes, up does not', () => {
    expect(judgeRelease({ x: 5, y: 150 }, 400)).toBe('close')
    expect(judgeRelease({ x: 5, y: -150 }, 400)).toBe('stay')
  })
})
