// The chunks of a gallery in their places on the screen, and what keeps them there.
import { createEffect, createMemo, createSignal, on, onCleanup, onMount, untrack } from 'solid-js'
import { clampAspect, planRows, type Layout, type RowRules } from '@shoebox/shared/media/lay-out-rows.ts'
import { density } from '../feed/density.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { guessGridWidth } from '../feed/grid-width.ts'
import type { GridWindow, Span } from '../feed/grid-window.ts'
import { keepDensityPlace } from '../feed/keep-density-place.ts'
import type { Chunk } from './timeline-chunk.ts'
import {
  findChunks,
  findItems,
  findPlacedGrip,
  gripPlaced,
  layOutChunk,
  stackChunks,
  type PlacedChunk,
} from './timeline-layout.ts'
import type { Timeline } from './timeline-store.ts'

export type Places = { readonly rules: RowRules; readonly chunks: readonly PlacedChunk[] }

/** A chunk is laid out once for each size of photos, and again when its items change. */
export function createPlaces(timeline: Timeline, grid: () => HTMLElement | undefined): () => Places {
  const width = watchWidth(grid)
  const rules = createMemo(() => planRows(width(), density()))
  let known = new WeakMap<readonly MediaId[], Layout>()
  let knownRules: RowRules | null = null
  return createMemo(() => {
    if (rules() !== knownRules) known = new WeakMap()
    knownRules = rules()
    const chunks = timeline.chunks()
    const layoutOf = (index: number): Layout | null => {
      const chunk = chunks[index]
      if (chunk?.ids == null) return null
      const found = known.get(chunk.ids)
      if (found !== undefined) return found
      const aspects = untrack(() => aspectsOf(timeline, chunk))
      const layout = layOutChunk(aspects, rules(), chunks[index + 1]?.section === chunk.section)
      known.set(chunk.ids, layout)
      return layout
    }
    return { rules: rules(), chunks: stackChunks(chunks, rules(), layoutOf) }
  })
}

/** The loaded items that touch a stretch of the gallery. `near`: the chunks that do. */
export function listVisible(
  timeline: Timeline,
  placed: readonly PlacedChunk[],
  near: { readonly start: number; readonly end: number },
  { fromPx, toPx }: Span,
): MediaId[] {
  const chunks = timeline.chunks().slice(near.start, near.end)
  return chunks.flatMap(({ ids }, i) => {
    const place = placed[near.start + i]
    if (place === undefined || ids === null) return []
    const { start, end } = findItems(place, fromPx, toPx)
    return ids.slice(start, end)
  })
}

export type Box = {
  readonly leftPx: number
  readonly topPx: number
  readonly widthPx: number
  readonly heightPx: number
  /** From 1, in the whole gallery. */
  readonly position: number
}

/** Where an item is; null while its chunk is not loaded. */
export function findBox(timeline: Timeline, placed: readonly PlacedChunk[], id: MediaId): Box | null {
  const place = timeline.placeOf(id)
  const chunk = place === undefined ? undefined : placed[place.chunk]
  if (place === undefined || chunk?.layout == null) return null
  const { lefts, tops, widths, heights } = chunk.layout
  const { index } = place
  return {
    leftPx: lefts[index] ?? 0,
    topPx: chunk.rowsTopPx + (tops[index] ?? 0),
    widthPx: widths[index] ?? 0,
    heightPx: heights[index] ?? 0,
    position: chunk.itemsBefore + index + 1,
  }
}

/** The width of the grid, as long as it is there. */
function watchWidth(grid: () => HTMLElement | undefined): () => number {
  const [width, setWidth] = createSignal(guessGridWidth())
  onMount(() => {
    const element = grid()
    if (element === undefined) return
    // At once, and not only when the observer says so: a guess would put a restored scroll position beside its place.
    setWidth(element.clientWidth)
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    onCleanup(() => observer.disconnect())
  })
  return width
}

const aspectsOf = (timeline: Timeline, chunk: Chunk): number[] =>
  (chunk.ids ?? []).map((id) => {
    const item = timeline.find(id)
    return clampAspect(item?.widthPx ?? null, item?.heightPx ?? null)
  })

/**
 * What is on the screen stays where it is: when a chunk above turns out higher or lower than guessed, and when photos
 * get another size.
 */
export function keepInPlace(places: () => Places, view: GridWindow, grid: () => HTMLElement | undefined): void {
  createEffect(
    on(places, (now, before) => {
      const { topPx } = untrack(view.span)
      if (before === undefined || topPx <= 0 || now.rules !== before.rules) return
      if (now.chunks.length !== before.chunks.length) return
      const { start } = findChunks(before.chunks, topPx, topPx)
      const moved = (now.chunks[start]?.rowsTopPx ?? 0) - (before.chunks[start]?.rowsTopPx ?? 0)
      if (moved !== 0) view.moveBy(moved)
    }),
  )
  onMount(() =>
    keepDensityPlace({
      grid,
      window: view,
      layout: places,
      isResized: (before, now) => before.rules !== now.rules && before.chunks.length === now.chunks.length,
      gripAt: ({ chunks }, xPx, yPx) => gripPlaced(chunks, xPx, yPx),
      find: ({ chunks }, grip) => findPlacedGrip(chunks, grip),
    }),
  )
}
