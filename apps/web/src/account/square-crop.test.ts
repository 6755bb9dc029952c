import { expect, test } from 'vitest'
import { clampCrop, dragCrop, sideOf, startCrop, zoomCrop, zoomMax } from './square-crop.ts'

const wide = { width: 400, height: 200 }

test('it begins with the largest square, in the middle', () => {
  expect(startCrop(wide)).toEqual({ x: 200, y: 100, zoom: 1 })
  expect(sideOf(wide, startCrop(wide))).toBe(200)
})

test('the picture follows the finger, and never leaves the square', () => {
  const crop = startCrop(wide)
  expect(dragCrop(wide, crop, 0.25, 0).x).toBe(150)
  expect(dragCrop(wide, crop, 5, 5)).toEqual({ x: 100, y: 100, zoom: 1 })
  expect(dragCrop(wide, crop, -5, -5)).toEqual({ x: 300, y: 100, zoom: 1 })
})

test('a zoom is kept within its bounds, and zooming out at an edge pulls the square back in', () => {
  expect(zoomCrop(wide, startCrop(wide), 99).zoom).toBe(zoomMax)
  expect(zoomCrop(wide, startCrop(wide), 0).zoom).toBe(1)
  const corner = clampCrop(wide, { x: 400, y: 200, zoom: 4 })
  expect(corner).toEqual({ x: 375, y: 175, zoom: 4 })
  expect(zoomCrop(wide, corner, 2)).toEqual({ x: 350, y: 150, zoom: 2 })
})
