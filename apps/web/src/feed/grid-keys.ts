// The keys of the grid. Silent while somebody types or a dialog is open.
import { onCleanup, onMount } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { takeDensityKey } from './density.ts'
import { useLikeToggle } from './use-like-toggle.ts'
import { isAtRest } from '../ui/at-rest.ts'
import type { MediaId } from './feed-item.ts'
import { findNeighbour, findVisible, type Direction, type Layout } from '@shoebox/shared/media/lay-out-rows.ts'

export type GridKeys = {
  readonly layout: () => Layout
  readonly focused: () => MediaId | null
  readonly focusPlace: (place: number) => void
  readonly navigate: (path: string) => void
  readonly openSheet: () => void
}

const directions: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

const isTaken = (event: KeyboardEvent): boolean =>
  event.defaultPrevented ||
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  document.querySelector('dialog[open]') !== null ||
  (event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [contenteditable]') !== null)

export function watchGridKeys(keys: GridKeys): void {
  const { feed } = useShoebox()
  const toggleLike = useLikeToggle()

  const onKey = (event: KeyboardEvent) => {
    if (isTaken(event) || takeDensityKey(event)) return
    const focused = keys.focused()
    const direction = directions[event.key]
    if (direction !== undefined) {
      const onGrid = document.activeElement?.closest('[data-grid]') !== null
      // Without a focused tile, up and down scroll as they always did; right steps into the grid.
      if (!onGrid && (direction === 'up' || direction === 'down' || !isAtRest())) return
      event.preventDefault()
      const place = focused === null ? -1 : feed.placeOf(focused)
      if (place < 0) keys.focusPlace(findVisible(keys.layout(), window.scrollY, window.scrollY + innerHeight).start)
      else keys.focusPlace(findNeighbour(keys.layout(), place, direction))
    } else if (event.key === 'l' && focused !== null) {
      event.preventDefault()
      toggleLike(focused)
    } else if (event.key === '?') {
      event.preventDefault()
      keys.openSheet()
    } else if (event.key === 'Escape' && document.activeElement instanceof HTMLElement) {
      document.activeElement.blur()
    }
  }

  onMount(() => {
    document.addEventListener('keydown', onKey)
    onCleanup(() => document.removeEventListener('keydown', onKey))
  })
}
