// Pictures are compared as people see them: a few colours at places that matter, within what lossy encoding changes.
import sharp from 'sharp'
import { expect } from 'vitest'
import type { Rgb, sceneCorners } from './pictures.ts'

/** The RGBA value at a place given in shares of width and height, averaged over a small area. First frame only. */
export async function readPixel(file: Uint8Array, x: number, y: number): Promise<number[]> {
  const flat = await sharp(file).toColourspace('srgb').ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const column = Math.min(flat.info.width - 1, Math.floor(x * flat.info.width))
  const row = Math.min(flat.info.height - 1, Math.floor(y * flat.info.height))
  return [...flat.data.subarray((row * flat.info.width + column) * 4, (row * flat.info.width + column) * 4 + 4)]
}

const places = {
  topLeft: [0.2, 0.2],
  topRight: [0.8, 0.2],
  bottomLeft: [0.2, 0.8],
  bottomRight: [0.8, 0.8],
} as const

/** Wide enough for what CMYK can print of a blue, and far narrower than the distance between two corners. */
const toleranceMax = 64

/** Expects each quarter of the picture to have its colour, so that no turn or mirroring goes unseen. */
export async function expectCorners(
  file: Uint8Array,
  corners: Readonly<Record<keyof typeof sceneCorners, Rgb>>,
): Promise<void> {
  for (const corner of ['topLeft', 'topRight', 'bottomLeft', 'bottomRight'] as const) {
    const [x, y] = places[corner]
    const seen = await readPixel(file, x, y)
    const distance = Math.max(...corners[corner].map((value, channel) => Math.abs(value - (seen[channel] ?? 0))))
    expect(distance, `${corner}: expected ${corners[corner].join()}, saw ${seen.join()}`).toBeLessThan(toleranceMax)
  }
}
