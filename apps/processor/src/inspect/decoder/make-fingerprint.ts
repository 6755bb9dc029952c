// Makes a picture's fingerprint from pixels that are there already, in about two milliseconds. Used by decode-image.
import { fingerprintWindows, waveOfBit, writeBits } from '@shoebox/shared/media/fingerprint.ts'
import type { Pixels } from './pixels.ts'

/** Each window is averaged into so many cells a side: twice the waves, which is as few as can tell them apart. */
const cells = 32
const waves = 16

/** How strong a wave must be, in steps of grey, for its direction to survive a poor copy. */
const clearStepsMin = 0.3

/** A picture with fewer clear waves is too flat to be told from other flat ones: it has no fingerprint. */
const clearWavesMin = 80

/** In hexadecimal; null where there is too little to see. */
export function makeFingerprint(pixels: Pixels): string | null {
  const sums = sumUp(pixels)
  const hashes: string[] = []
  for (const window of fingerprintWindows) {
    const found = findWaves(averageCells(sums, window))
    if (hashes.length === 0 && countClear(found) < clearWavesMin) return null
    hashes.push(writeBits(waveOfBit.map(({ down, across }) => (found[down * waves + across] ?? 0) > 0)))
  }
  return hashes.join('')
}

const countClear = (found: Float64Array): number =>
  found.reduce((sum, wave) => sum + Number(Math.abs(wave) > clearStepsMin), 0)

/** Everything above and to the left of each point, so that the mean of any box takes four look-ups. */
type Sums = { readonly widthPx: number; readonly heightPx: number; readonly table: Float64Array }

function sumUp({ data, widthPx, heightPx, channels }: Pixels): Sums {
  const table = new Float64Array((widthPx + 1) * (heightPx + 1))
  for (let y = 0, at = 0; y < heightPx; y += 1) {
    let row = 0
    for (let x = 0; x < widthPx; x += 1, at += channels) {
      row += greyAt(data, at, channels)
      const below = (y + 1) * (widthPx + 1) + x + 1
      table[below] = (table[below - widthPx - 1] ?? 0) + row
    }
  }
  return { widthPx, heightPx, table }
}

/** Luma as JPEG counts it. What is transparent is white, as most that lose transparency make it. */
function greyAt(data: Buffer, at: number, channels: 3 | 4): number {
  const grey = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0)
  const opacity = channels === 4 ? (data[at + 3] ?? 0) / 255 : 1
  return 255 + (grey - 255) * opacity
}

/** The sum up to a point between pixels. */
function sumTo({ widthPx, heightPx, table }: Sums, x: number, y: number): number {
  const [left, top] = [Math.min(widthPx - 1, Math.floor(x)), Math.min(heightPx - 1, Math.floor(y))]
  const [across, down] = [x - left, y - top]
  const at = top * (widthPx + 1) + left
  const below = at + widthPx + 1
  const above = (table[at] ?? 0) * (1 - across) + (table[at + 1] ?? 0) * across
  return above * (1 - down) + ((table[below] ?? 0) * (1 - across) + (table[below + 1] ?? 0) * across) * down
}

function averageCells(sums: Sums, [left, top, width, height]: (typeof fingerprintWindows)[number]): Float64Array {
  const [cellWidth, cellHeight] = [(width * sums.widthPx) / cells, (height * sums.heightPx) / cells]
  const corners = new Float64Array((cells + 1) * (cells + 1))
  for (let row = 0; row <= cells; row += 1)
    for (let column = 0; column <= cells; column += 1)
      corners[row * (cells + 1) + column] = sumTo(
        sums,
        left * sums.widthPx + column * cellWidth,
        top * sums.heightPx + row * cellHeight,
      )
  const means = new Float64Array(cells * cells)
  for (let row = 0; row < cells; row += 1) {
    for (let column = 0; column < cells; column += 1) {
      const at = row * (cells + 1) + column
      const [one, two] = [corners[at] ?? 0, corners[at + 1] ?? 0]
      const [three, four] = [corners[at + cells + 1] ?? 0, corners[at + cells + 2] ?? 0]
      means[row * cells + column] = (four - three - two + one) / (cellWidth * cellHeight)
    }
  }
  return means
}

/** Wave n makes n + 1 half turns over the cells. */
const cosines = Float64Array.from({ length: waves * cells }, (_, index) => {
  const [wave, cell] = [Math.floor(index / cells), index % cells]
  return Math.cos((Math.PI * (2 * cell + 1) * (wave + 1)) / (2 * cells))
})

/** How strongly, in steps of grey, each wave runs through the cells: a cosine transform without its constant terms. */
function findWaves(means: Float64Array): Float64Array {
  const half = new Float64Array(waves * cells)
  for (let wave = 0; wave < waves; wave += 1) {
    for (let row = 0; row < cells; row += 1) {
      const cosine = cosines[wave * cells + row] ?? 0
      for (let column = 0; column < cells; column += 1) {
        const at = wave * cells + column
        half[at] = (half[at] ?? 0) + cosine * (means[row * cells + column] ?? 0)
      }
    }
  }
  const found = new Float64Array(waves * waves)
  for (let down = 0; down < waves; down += 1) {
    for (let across = 0; across < waves; across += 1) {
      let sum = 0
      for (let column = 0; column < cells; column += 1)
        sum += (half[down * cells + column] ?? 0) * (cosines[across * cells + column] ?? 0)
      found[down * waves + across] = (sum * 4) / (cells * cells)
    }
  }
  return found
}
