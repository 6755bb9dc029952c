import { expect, test } from 'vitest'
import { bytesMaxByKind } from '../media/kinds.ts'
import { findPart, partBytesMax, partBytesMin, partsMax, planParts } from './plan-parts.ts'
import { partsMaxPerCall, putBytesMax } from './policy.ts'

const MB = 2 ** 20
const lengths = [putBytesMax + 1, 100 * MB, 800 * MB - 1, 800 * MB, 800 * MB + 1, 1024 * MB, bytesMaxByKind.video]

test.each(lengths)('cuts %d bytes into parts that S3 takes and that cover the file without gap or overlap', (bytes) => {
  const { partBytes, parts } = planParts(bytes)
  expect(partBytes).toBeGreaterThanOrEqual(partBytesMin)
  expect(partBytes).toBeLessThanOrEqual(partBytesMax)
  expect(parts, 'signed by one call, listed at once').toBeLessThanOrEqual(partsMaxPerCall)
  let at = 0
  for (let number = 1; number <= parts; number += 1) {
    const part = findPart(bytes, number)
    expect(part?.start).toBe(at)
    expect((part?.end ?? 0) - at).toBeGreaterThan(0)
    at = part?.end ?? Number.NaN
  }
  expect(at).toBe(bytes)
})

test('small parts for what is small, larger ones for what is large', () => {
  expect(planParts(putBytesMax + 1)).toEqual({ partBytes: 8 * MB, parts: 3 })
  expect(planParts(bytesMaxByKind.video)).toEqual({ partBytes: 21 * MB, parts: 98 })
  expect(planParts(partsMax * partBytesMax)).toEqual({ partBytes: partBytesMax, parts: partsMax })
})

test.each([0, -1, 99, 1.5, Number.NaN])('has no part %d', (number) => {
  expect(findPart(bytesMaxByKind.video, number)).toBeNull()
})

test.each([0, -5, Number.NaN, partsMax * partBytesMax + 1])('does not cut %d bytes', (bytes) => {
  expect(() => planParts(bytes)).toThrow(RangeError)
})
