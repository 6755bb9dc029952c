import { expect, test } from 'vitest'
import { findPlace } from './find-place.ts'

/** A preview of 200 by 400 in which a picture of 160 by 90 stands 112.5 high, from 143.75 on. */
const preview = {
  box: { left: 10, top: 20, width: 200, height: 400 } as DOMRect,
  picture: { widthPx: 1600, heightPx: 900 },
  isMirrored: false,
}

test.each([
  ['its middle', 110, 220, { x: 0.5, y: 0.5 }],
  ['its first corner', 10, 163.75, { x: 0, y: 0 }],
  ['its last corner', 210, 276.25, { x: 1, y: 1 }],
  ['above it', 110, 160, null],
  ['below it', 110, 280, null],
])('%s', (_, x, y, place) => {
  expect(findPlace(x, y, preview)).toEqual(place)
})

test('a mirrored picture has its left at the right', () => {
  expect(findPlace(60, 220, { ...preview, isMirrored: true })).toEqual({ x: 0.75, y: 0.5 })
})

test('there is no place in a picture that has not come', () => {
  expect(findPlace(110, 220, { ...preview, picture: { widthPx: 0, heightPx: 0 } })).toBeNull()
})
