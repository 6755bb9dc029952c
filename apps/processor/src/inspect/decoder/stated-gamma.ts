// How light the numbers of a PNG are meant, where it says so by its `gAMA` chunk and carries nothing more exact. Browsers
// heed it: without it, pictures that were rendered in linear light come out far too dark.
import type { Sharp } from 'sharp'
import { toDeepPixels, toPixels, type Pixels } from './pixels.ts'
import { findPngChunk } from './png-chunks.ts'

/** From a number of the file to one for the screen, both from 0 to 1. */
export type Curve = (value: number) => number

/** What screens make of a number: light = number ^ 2.2. */
const screenGamma = 2.2
/** Nearer to what screens show, nobody sees it; as libpng has it. */
const threshold = 0.05
/** Where one of these stands, the chunk is there for readers that do not know them (PNG, 4.3). */
const moreExact = ['iCCP', 'sRGB']

/** Null where the numbers are shown as they are. */
export function findStatedGamma(png: Buffer): Curve | null {
  if (moreExact.some((name) => findPngChunk(png, name) !== null)) return null
  const stated = findPngChunk(png, 'gAMA')
  // In 100,000ths.
  const gamma = stated?.length === 4 ? stated.readUInt32BE() / 100_000 : 0
  const isShownSo = gamma === 0 || Math.abs(gamma * screenGamma - 1) < threshold
  const power = 1 / (gamma * screenGamma)
  return isShownSo ? null : (value) => value ** power
}

/** Reads 16 bits where there are as many: of linear light, 8 would leave steps in the dark. */
export async function toLitPixels(pipeline: Sharp, curve: Curve, isDeep: boolean): Promise<Pixels> {
  const { data: numbers, ...size } = await (isDeep ? toDeepPixels : toPixels)(pipeline)
  const max = isDeep ? 0xffff : 0xff
  const light = Uint8Array.from({ length: max + 1 }, (_, n) =>
    Math.round(255 * Math.min(1, Math.max(0, curve(n / max)))),
  )
  const data = Buffer.alloc(numbers.length)
  numbers.forEach((number, n) => {
    const isAlpha = size.channels === 4 && n % 4 === 3
    data[n] = isAlpha ? Math.round((number * 255) / max) : (light[number] ?? 0)
  })
  return { ...size, data }
}
