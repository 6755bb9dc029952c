// What happens to the place that is looked at when photos get another size: by another density, another width, or a
// turned phone. What stood at one point of the screen stands there afterwards. Fetched after the first look.
import { createEffect, on, onCleanup, untrack } from 'solid-js'
import { findGrip, gripAt, type Grip } from '@shoebox/shared/media/follow-point.ts'
import type { Layout } from '@shoebox/shared/media/lay-out-rows.ts'
import type { GridWindow } from './grid-window.ts'
import { pinchGrid, type Point } from './pinch-grid.ts'

type Sized<T, G> = {
  /** What is measured; its first child follows the fingers. */
  readonly grid: () => HTMLElement | undefined
  readonly window: GridWindow
  readonly layout: () => T
  /** Whether the same items have another size; any other change is not of interest here. */
  readonly isResized: (before: T, now: T) => boolean
  /** What is at a point of the grid. */
  readonly gripAt: (layout: T, xPx: number, yPx: number) => G
  /** How far down it is in a layout. */
  readonly find: (layout: T, grip: G) => number
}

/** Called when the grid is in the document. */
export function keepDensityPlace<T, G>({
  grid,
  window: view,
  layout,
  isResized,
  gripAt: grip,
  find,
}: Sized<T, G>): void {
  let held: Point | null = null
  /** What the fingers took hold of: in the densities on the way, something else may be between them. */
  let heldGrip: G | null = null
  createEffect(
    on(layout, (now, before) => {
      const { topPx } = untrack(view.span)
      // Whoever sees the beginning goes on seeing it, unless their fingers are somewhere.
      if (before === undefined || !isResized(before, now) || (held === null && topPx <= 0)) return
      const left = grid()?.getBoundingClientRect().left ?? 0
      const { xPx, yPx } = held ?? { xPx: innerWidth / 2, yPx: innerHeight / 2 }
      const found = heldGrip ?? grip(before, xPx - left, yPx + topPx)
      if (held !== null) heldGrip = found
      view.scrollTo(find(now, found) - yPx)
    }),
  )
  const tiles = grid()?.firstElementChild
  if (!(tiles instanceof HTMLElement)) return
  const letGo = pinchGrid(tiles, (point) => {
    held = point
    heldGrip = null
  })
  onCleanup(letGo)
}

/** The same for one layout that knows everything. */
export const keepGridPlace = (sized: Pick<Sized<Layout, Grip>, 'grid' | 'window' | 'layout'>): void =>
  keepDensityPlace({
    ...sized,
    isResized: ({ rules: before, count }, { rules: now, count: countNow }) =>
      count > 0 && count === countNow && (before.widthPx !== now.widthPx || before.rowHeightPx !== now.rowHeightPx),
    gripAt,
    find: findGrip,
  })
