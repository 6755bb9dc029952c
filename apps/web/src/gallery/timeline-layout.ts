// Where everything of a gallery stands, before most of it is known. A gallery comes in chunks; one that is not loaded
// yet gets the height that as many usual photos would have, so that the scrollbar and the scrubber tell the truth. A
// chunk that is loaded is laid out once, whatever happens to the others.
import { findGrip, gripAt, type Grip } from '@shoebox/shared/media/follow-point.ts'
import { findVisible, layOutRows, usualAspect, type Layout, type RowRules } from '@shoebox/shared/media/lay-out-rows.ts'

export type ChunkShape = {
  /** `today`, `week`, `month`, `year`, or a month as `2026-11`. */
  readonly section: string
  readonly count: number
}

export type PlacedChunk = {
  /** Where its heading begins, or, without one, its first row. */
  readonly topPx: number
  /** Where its first row begins. */
  readonly rowsTopPx: number
  readonly endPx: number
  readonly hasHeading: boolean
  /** How many items stand before it. */
  readonly itemsBefore: number
  readonly layout: Layout | null
}

export const headingPx = 56

/** How much higher or lower than asked the last rows of a chunk may be, to meet the next one without a hole. */
const stretchMax = 1.6

/** Lays out a chunk. Inside a section its last rows are filled: the next chunk goes on below them. */
export function layOutChunk(aspects: readonly number[], rules: RowRules, goesOn: boolean): Layout {
  const layout = layOutRows(aspects, rules)
  return goesOn ? fillLastRows(layout, aspects) : layout
}

type Stretch = { readonly start: number; readonly end: number }

/** What is over may fill its row, join the row before, or share its items: whichever keeps nearest to the asked height. */
function fillLastRows(layout: Layout, aspects: readonly number[]): Layout {
  const { rules, rows } = layout
  const [before, last] = [rows.at(-2), rows.at(-1)]
  if (last === undefined) return layout
  const sumOf = ({ start, end }: Stretch) => aspects.slice(start, end).reduce((sum, aspect) => sum + aspect, 0)
  const heightOf = (row: Stretch) => Math.round((rules.widthPx - rules.gapPx * (row.end - row.start - 1)) / sumOf(row))
  const ways: Stretch[][] = [[last]]
  if (before !== undefined) {
    const both = { start: before.start, end: last.end }
    ways.push([both])
    for (let middle = both.start + 1; middle < both.end; middle += 1)
      ways.push([
        { start: both.start, end: middle },
        { start: middle, end: both.end },
      ])
  }
  const off = (way: Stretch[]) => Math.max(...way.map((row) => Math.abs(Math.log(heightOf(row) / rules.rowHeightPx))))
  const best = ways.reduce((one, other) => (off(other) < off(one) ? other : one))
  if (off(best) > Math.log(stretchMax)) return layout
  return placeRows(
    layout,
    aspects,
    best.map((row) => ({ ...row, heightPx: heightOf(row) })),
  )
}

/** The layout with other last rows, each as wide as the page. */
function placeRows(layout: Layout, aspects: readonly number[], last: (Stretch & { heightPx: number })[]): Layout {
  const { rules } = layout
  const from = last[0]?.start ?? 0
  const kept = layout.rows.filter((row) => row.end <= from)
  const cut = { lefts: layout.lefts.slice(0, from), tops: layout.tops.slice(0, from) }
  const copy = { ...cut, widths: layout.widths.slice(0, from), heights: layout.heights.slice(0, from) }
  const end = kept.at(-1)
  let topPx = end === undefined ? 0 : end.topPx + end.heightPx + rules.gapPx
  const rows = last.map((row) => {
    let left = 0
    for (let i = row.start; i < row.end; i += 1) {
      const width = i === row.end - 1 ? rules.widthPx - left : Math.round((aspects[i] ?? 1) * row.heightPx)
      copy.lefts.push(left)
      copy.tops.push(topPx)
      copy.widths.push(width)
      copy.heights.push(row.heightPx)
      left += width + rules.gapPx
    }
    const placed = { ...row, topPx }
    topPx += row.heightPx + rules.gapPx
    return placed
  })
  return { ...layout, ...copy, rows: [...kept, ...rows], heightPx: topPx - rules.gapPx }
}

/** How high as many usual photos are. */
export function estimateHeight(count: number, rules: RowRules): number {
  const perRow = Math.max(1, (rules.widthPx + rules.gapPx) / (usualAspect * rules.rowHeightPx + rules.gapPx))
  const rows = Math.ceil(count / perRow)
  return rows * (rules.rowHeightPx + rules.gapPx) - rules.gapPx
}

/** Stacks the chunks. `layoutOf` gives the layout of a loaded one. */
export function stackChunks(
  chunks: readonly ChunkShape[],
  rules: RowRules,
  layoutOf: (index: number) => Layout | null,
): PlacedChunk[] {
  let topPx = 0
  let itemsBefore = 0
  return chunks.map((chunk, index) => {
    const hasHeading = chunks[index - 1]?.section !== chunk.section
    const layout = layoutOf(index)
    const rowsTopPx = topPx + (hasHeading ? headingPx : 0)
    const endPx = rowsTopPx + (layout?.heightPx ?? estimateHeight(chunk.count, rules))
    const placed = { topPx, rowsTopPx, endPx, hasHeading, itemsBefore, layout }
    itemsBefore += layout?.count ?? chunk.count
    topPx = endPx + rules.gapPx
    return placed
  })
}

/** First chunk that touches a stretch of the page, and the one after the last. */
export function findChunks(placed: readonly PlacedChunk[], fromPx: number, toPx: number) {
  let low = 0
  let high = placed.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((placed[middle]?.endPx ?? 0) < fromPx) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < placed.length && (placed[end]?.topPx ?? 0) <= toPx) end += 1
  return { start: low, end }
}

/** A point of a gallery that is the same one in other sizes: in an item, or, of what is not loaded, a share of a chunk. */
export type PlacedGrip = {
  readonly chunk: number
  readonly downPx: number
  readonly share: number
  readonly item: Grip | null
}

export function gripPlaced(placed: readonly PlacedChunk[], xPx: number, yPx: number): PlacedGrip {
  const index = Math.min(findChunks(placed, yPx, yPx).start, placed.length - 1)
  const chunk = placed[index]
  if (chunk === undefined) return { chunk: 0, downPx: yPx, share: 0, item: null }
  const downPx = yPx - chunk.rowsTopPx
  const item = chunk.layout === null ? null : gripAt(chunk.layout, xPx, downPx)
  return { chunk: index, downPx, share: downPx / (chunk.endPx - chunk.rowsTopPx), item }
}

/** How far down it is. */
export function findPlacedGrip(placed: readonly PlacedChunk[], grip: PlacedGrip): number {
  const chunk = placed[grip.chunk]
  if (chunk === undefined) return grip.downPx
  // A heading has one height in all sizes.
  if (grip.downPx < 0) return chunk.rowsTopPx + grip.downPx
  if (grip.item !== null && chunk.layout !== null) return chunk.rowsTopPx + findGrip(chunk.layout, grip.item)
  return chunk.rowsTopPx + grip.share * (chunk.endPx - chunk.rowsTopPx)
}

/** The items of one chunk that touch a stretch of the page. */
export const findItems = (chunk: PlacedChunk, fromPx: number, toPx: number) =>
  chunk.layout === null
    ? { start: 0, end: 0 }
    : findVisible(chunk.layout, fromPx - chunk.rowsTopPx, toPx - chunk.rowsTopPx)
