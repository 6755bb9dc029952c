import { expect, test } from 'vitest'
import { PeakLine } from './peak-line.ts'

test('keeps the strongest sample of each 200th, however long the sound', () => {
  for (const packets of [1, 3, 200, 5000, 700_000]) {
    const line = new PeakLine(44_100)
    for (let n = 0; n < packets; n += 1) line.add(n / packets, 1152)
    const peaks = line.toPeaks()
    expect(peaks).toHaveLength(200)
    expect(peaks).toEqual(peaks.toSorted((one, other) => one - other))
    expect(peaks.at(-1)).toBe(Math.round(((packets - 1) / packets) * 255))
    expect(line.durationMs).toBe(Math.round((packets * 1152) / 44.1))
  }
})

test('cuts what is beyond full scale, and takes silence for silence', () => {
  const line = new PeakLine(8000)
  line.add(1.7, 100)
  expect(line.toPeaks()[0]).toBe(255)
  const silent = new PeakLine(8000)
  silent.add(0, 100)
  expect(Math.max(...silent.toPeaks())).toBe(0)
})
