import { expect, test } from 'vitest'
import type { PlannedFile } from './download-part.ts'
import { bytesBeside, planParts, zipBytesMax } from './plan-parts.ts'

const file = (bytes: number): PlannedFile => ({ mediaId: null, name: 'a', bytes, localTime: '', takenAt: null })
const sizes = (parts: PlannedFile[][]) => parts.map((part) => part.map(({ bytes }) => bytes))
const gigabyte = 2 ** 30

test('files keep their order and no part grows beyond 2 GB', () => {
  const files = Array.from({ length: 4000 }, (_, i) => file(1_000_000 + ((i * 7919) % 9_000_000)))
  const parts = planParts(files)
  expect(parts.flat()).toEqual(files)
  for (const part of parts) {
    const bytes = part.reduce((sum, planned) => sum + planned.bytes, bytesBeside(part.length))
    expect(bytes).toBeLessThanOrEqual(zipBytesMax)
  }
  expect(parts.length).toBe(Math.ceil(files.reduce((sum, planned) => sum + planned.bytes, 0) / zipBytesMax))
})

test('a file that alone is as large as a part has one to itself', () => {
  expect(sizes(planParts([file(1), file(2 * gigabyte), file(2)]))).toEqual([[1], [2 * gigabyte], [2]])
})

test('many small files do not grow beyond it by what is written beside them', () => {
  const parts = planParts(
    Array.from({ length: 10 }, () => file(0)),
    bytesBeside(4),
  )
  expect(parts.map((part) => part.length)).toEqual([4, 4, 2])
})

test('nothing has no part', () => {
  expect(planParts([])).toEqual([])
})
