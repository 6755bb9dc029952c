import { Index, type JSX } from 'solid-js'
import { words } from '../words/words.ts'
import { density } from './density.ts'
import { guessGridWidth } from './grid-width.ts'
import { layOutRows, planRows } from '@shoebox/shared/media/lay-out-rows.ts'

/** A usual mixture of photos, so that the skeleton has the shape of what comes. */
const mixture = [1.5, 0.75, 1.33, 1.78, 1, 0.67, 1.5, 1.33, 0.8, 1.78, 1.5, 1, 0.75, 1.33, 1.5, 1.78, 0.67, 1.5]
const itemsMax = 120

export function GridSkeleton(): JSX.Element {
  const rules = planRows(guessGridWidth(), density())
  const rows = Math.ceil(innerHeight / rules.rowHeightPx)
  const count = Math.min(itemsMax, rows * density())
  const aspects = Array.from({ length: count }, (_, i) => mixture[i % mixture.length] ?? 1)
  const layout = layOutRows(aspects, rules)
  return (
    <div role="img" aria-label={words.feed.loading} class="relative overflow-hidden">
      <div class="pulse" style={{ height: `${layout.heightPx}px` }}>
        <Index each={aspects}>
          {(_aspect, i) => (
            <div
              class="absolute rounded-box bg-sunken"
              style={{
                left: `${layout.lefts[i] ?? 0}px`,
                top: `${layout.tops[i] ?? 0}px`,
                width: `${layout.widths[i] ?? 0}px`,
                height: `${layout.heights[i] ?? 0}px`,
              }}
            />
          )}
        </Index>
      </div>
    </div>
  )
}
