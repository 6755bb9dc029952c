// Where a point of one layout is in another: what somebody looks at stays before their eyes when photos get another size.
import type { Layout } from './lay-out-rows.ts'

/** The item at a point of the layout, or the nearest one. */
export function findAt(layout: Layout, xPx: number, yPx: number): number {
  const { rows, lefts, widths } = layout
  let low = 0
  let high = rows.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    const row = rows[middle]
    if (row !== undefined && row.topPx + row.heightPx < yPx) low = middle + 1
    else high = middle
  }
  const { start, end } = rows[low] ?? { start: 0, end: 0 }
  for (let i = start; i < end; i += 1) if ((lefts[i] ?? 0) + (widths[i] ?? 0) >= xPx) return i
  return Math.max(start, end - 1)
}

/** A point in an item, as a share of its height: the same one in whichever layout. */
export type Grip = { readonly index: number; readonly share: number }

export function gripAt(layout: Layout, xPx: number, yPx: number): Grip {
  const index = findAt(layout, xPx, yPx)
  return { index, share: (yPx - (layout.tops[index] ?? 0)) / (layout.heights[index] ?? 1) }
}

/** How far down it is. */
export const findGrip = ({ tops, heights }: Layout, { index, share }: Grip): number =>
  (tops[index] ?? 0) + share * (heights[index] ?? 0)
