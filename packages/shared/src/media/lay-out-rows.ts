// Justified rows in true aspect. Called by the feed with every page it gets; a page more extends the layout from its
// last row on, so the cost is linear in what is new. Positions live in plain arrays: 10,000 photos are four lists.

export type RowRules = {
  readonly widthPx: number
  readonly rowHeightPx: number
  readonly gapPx: number
}

export type Row = { readonly topPx: number; readonly heightPx: number; readonly start: number; readonly end: number }

export type Layout = {
  readonly rules: RowRules
  readonly count: number
  readonly heightPx: number
  readonly rows: readonly Row[]
  readonly lefts: readonly number[]
  readonly tops: readonly number[]
  readonly widths: readonly number[]
  readonly heights: readonly number[]
}

/** A strip 8 times as wide as high would be a line, a mast a needle: beyond these the tile keeps still and the picture fits in. */
const aspectMin = 0.4
const aspectMax = 4.5
/** How much higher than asked a full row may be: one tall photo before a panorama. */
const stretchMax = 1.6

export const clampAspect = (widthPx: number | null, heightPx: number | null): number =>
  widthPx === null || heightPx === null || heightPx <= 0
    ? 4 / 3
    : Math.min(aspectMax, Math.max(aspectMin, widthPx / heightPx))

/**
 * Lays out items by their aspects (width ÷ height). Given a former layout of the same rules whose items are a prefix,
 * keeps its full rows as they are: only the open last row is laid out again.
 */
export function layOutRows(aspects: readonly number[], rules: RowRules, former?: Layout): Layout {
  const kept = former === undefined ? [] : former.rows.slice(0, -1)
  const from = kept.at(-1)?.end ?? 0
  const rows: Row[] = [...kept]
  const lefts = former?.lefts.slice(0, from) ?? []
  const tops = former?.tops.slice(0, from) ?? []
  const widths = former?.widths.slice(0, from) ?? []
  const heights = former?.heights.slice(0, from) ?? []

  let topPx = 0
  const lastKept = kept.at(-1)
  if (lastKept !== undefined) topPx = lastKept.topPx + lastKept.heightPx + rules.gapPx

  const close = (start: number, end: number, heightPx: number, isFull: boolean) => {
    let left = 0
    for (let i = start; i < end; i += 1) {
      // The last of a full row takes what rounding left over, so right edges meet.
      const exact = (aspects[i] ?? 1) * heightPx
      const width = isFull && i === end - 1 ? rules.widthPx - left : Math.round(exact)
      lefts.push(left)
      tops.push(topPx)
      widths.push(width)
      heights.push(heightPx)
      left += width + rules.gapPx
    }
    rows.push({ topPx, heightPx, start, end })
    topPx += heightPx + rules.gapPx
  }

  let start = from
  let sum = 0
  for (let i = from; i < aspects.length; i += 1) {
    sum += aspects[i] ?? 1
    const height = fillHeight(sum, i - start + 1, rules)
    if (height > rules.rowHeightPx) continue
    // Breaking here makes the row lower than asked, before this item higher: the nearer one wins.
    const before = i > start ? fillHeight(sum - (aspects[i] ?? 1), i - start, rules) : Infinity
    if (before <= rules.rowHeightPx * stretchMax && before / rules.rowHeightPx < rules.rowHeightPx / height) {
      close(start, i, Math.round(before), true)
      start = i
      sum = aspects[i] ?? 1
      const alone = fillHeight(sum, 1, rules)
      if (alone > rules.rowHeightPx) continue
      close(start, i + 1, Math.round(alone), true)
    } else {
      close(start, i + 1, Math.round(height), true)
    }
    start = i + 1
    sum = 0
  }
  if (start < aspects.length) {
    close(
      start,
      aspects.length,
      Math.min(rules.rowHeightPx, Math.round(fillHeight(sum, aspects.length - start, rules))),
      false,
    )
  }
  return {
    rules,
    count: aspects.length,
    heightPx: Math.max(0, topPx - rules.gapPx),
    rows,
    lefts,
    tops,
    widths,
    heights,
  }
}

/** The height at which a row of these aspects fills the width. */
const fillHeight = (aspectSum: number, count: number, rules: RowRules): number =>
  Math.max(1, (rules.widthPx - rules.gapPx * (count - 1)) / aspectSum)

/** The items whose rows touch a stretch of the page: first index and the one after the last. */
export function findVisible(layout: Layout, fromPx: number, toPx: number): { start: number; end: number } {
  const { rows } = layout
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    const row = rows[middle]
    if (row !== undefined && row.topPx + row.heightPx < fromPx) low = middle + 1
    else high = middle
  }
  const start = rows[low]?.start ?? layout.count
  let end = start
  for (let i = low; i < rows.length; i += 1) {
    const row = rows[i]
    if (row === undefined || row.topPx > toPx) break
    end = row.end
  }
  return { start, end }
}

export type Direction = 'left' | 'right' | 'up' | 'down'

/** Where an arrow key goes from an item: beside it, or to the nearest middle in the row above or below. */
export function findNeighbour(layout: Layout, index: number, direction: Direction): number {
  if (direction === 'left') return Math.max(0, index - 1)
  if (direction === 'right') return Math.min(layout.count - 1, index + 1)
  const rowIndex = layout.rows.findIndex((row) => index < row.end)
  const target = layout.rows[rowIndex + (direction === 'up' ? -1 : 1)]
  if (target === undefined) return index
  const middle = (i: number) => (layout.lefts[i] ?? 0) + (layout.widths[i] ?? 0) / 2
  let best = target.start
  for (let i = target.start; i < target.end; i += 1) {
    if (Math.abs(middle(i) - middle(index)) < Math.abs(middle(best) - middle(index))) best = i
  }
  return best
}

/** How many usual photos people may have side by side. */
export const densities = [2, 3, 4, 6, 8] as const
export type Density = (typeof densities)[number]
export const densityDefault: Density = 4

/** Photos are 4 wide and 3 high, and a good quarter of them stand upright. */
export const usualAspect = 1.2

const gapMinPx = 2
const gapMaxPx = 10

/** Row height and gap with which about so many usual photos fill the width. */
export function planRows(widthPx: number, across: Density): RowRules {
  const gapPx = Math.min(gapMaxPx, Math.max(gapMinPx, Math.round(widthPx / across / 32)))
  const rowHeightPx = Math.max(1, Math.round((widthPx - gapPx * (across - 1)) / across / usualAspect))
  return { widthPx, rowHeightPx, gapPx }
}
