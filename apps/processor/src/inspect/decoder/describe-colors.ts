// The two things a page shows before a picture arrives: its thumbhash and its dominant colour. Both are taken from at
// most 100 px, which costs a few milliseconds where the full picture would cost hundreds.
import { rgbaToThumbHash } from 'thumbhash'

/** Straight (not premultiplied) RGBA, 8 bits a channel. */
export type SmallPixels = { readonly rgba: Uint8Array; readonly widthPx: number; readonly heightPx: number }

/** The largest side that the thumbhash format takes. */
export const smallBoxPx = 100

export const makeThumbhash = ({ rgba, widthPx, heightPx }: SmallPixels): Uint8Array =>
  rgbaToThumbHash(widthPx, heightPx, rgba)

/** Colours are counted in cells of 16 steps per channel: fine enough to tell sky from sea, coarse enough to add up. */
const cellShift = 4

/** The mean colour of the fullest cell, as `#rrggbb`. Transparent pixels count by how opaque they are. */
export function findDominantColor({ rgba }: SmallPixels): string {
  const cells = new Float64Array(4096)
  const cellOf = (at: number): number =>
    ((rgba[at] ?? 0) >> cellShift) * 256 + ((rgba[at + 1] ?? 0) >> cellShift) * 16 + ((rgba[at + 2] ?? 0) >> cellShift)
  for (let at = 0; at < rgba.length; at += 4) {
    const cell = cellOf(at)
    cells[cell] = (cells[cell] ?? 0) + (rgba[at + 3] ?? 0)
  }
  const fullest = cells.indexOf(cells.reduce((most, weight) => Math.max(most, weight), 0))
  const sum = [0, 0, 0, 0]
  for (let at = 0; at < rgba.length; at += 4) {
    if (cellOf(at) !== fullest) continue
    const alpha = rgba[at + 3] ?? 0
    for (let channel = 0; channel < 3; channel += 1)
      sum[channel] = (sum[channel] ?? 0) + (rgba[at + channel] ?? 0) * alpha
    sum[3] = (sum[3] ?? 0) + alpha
  }
  const weight = sum[3] === 0 ? 1 : (sum[3] ?? 1)
  return `#${sum
    .slice(0, 3)
    .map((total) =>
      Math.round(total / weight)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}
