// The keys of a gallery. Silent while somebody types or a dialog is open.
import { onCleanup, onMount } from 'solid-js'
import type { MediaId } from '../feed/feed-item.ts'
import { takeDensityKey } from '../feed/density.ts'
import { useLikeToggle } from '../feed/use-like-toggle.ts'
import { isAtRest } from '../ui/at-rest.ts'
import { isTyping } from '../ui/is-typing.ts'
import { findNeighbour, type Direction } from '@shoebox/shared/media/lay-out-rows.ts'
import type { Selection } from './selection.ts'
import type { PlacedChunk } from './timeline-layout.ts'
import { findStop, listDays, listSections, listYears, type JumpWorld, type Stop } from './jump.ts'
import type { Timeline } from './timeline-store.ts'

/** What is done with what is chosen, or, without a selection, with the item that has the focus. */
export type GalleryDeeds = {
  readonly chooseAll: () => void
  /** Ends what is under way, or else the selection. */
  readonly clear: () => void
  /** Shows what is chosen, one after another. */
  readonly play: () => void
  readonly trash: (ids: MediaId[]) => void
  readonly download: (ids: MediaId[]) => void
}

export type GalleryKeys = GalleryDeeds & {
  readonly timeline: Timeline
  readonly selection: Selection
  readonly placed: () => readonly PlacedChunk[]
  readonly near: () => { readonly start: number; readonly end: number }
  readonly focused: () => MediaId | null
  readonly focus: (id: MediaId) => void
  readonly scrollTo: (topPx: number) => void
  /** Where the screen begins in the gallery. */
  readonly topPx: () => number
  readonly openDate: () => void
  readonly openSheet: () => void
}

const directions: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

const jumps: Record<string, (world: JumpWorld) => Stop[]> = { m: listSections, d: listDays, y: listYears }

export function watchGalleryKeys(keys: GalleryKeys): void {
  const toggleLike = useLikeToggle()
  const { timeline, selection } = keys

  const onKey = (event: KeyboardEvent) => {
    if (isTyping(event) || takeDensityKey(event)) return
    if ((event.ctrlKey || event.metaKey) && event.key === 'a') {
      event.preventDefault()
      return keys.chooseAll()
    }
    if (event.ctrlKey || event.metaKey) return
    if (event.key === 'Escape') return keys.clear()
    const direction = directions[event.key]
    if (direction !== undefined) return move(event, direction)
    if (event.key === 'Delete') return act(keys.trash)
    if (event.key === 'D') return act(keys.download)
    const stops = jumps[event.key.toLowerCase()]
    if (stops !== undefined) return jump(stops(world()), event.key.toLowerCase() === event.key ? 1 : -1)
    if (event.key === 's') return selection.isOn() ? keys.play() : undefined
    if (event.key === 'g') return openForm(event, keys.openDate)
    if (event.key === '?') return openForm(event, keys.openSheet)
    const id = keys.focused()
    if (id === null) return
    if (event.key === ' ' && selection.isOn()) {
      event.preventDefault()
      selection.toggle(id)
    } else if (event.key === 'x') selection.toggle(id)
    else if (event.key === 'X') selection.takeRange(id)
    else if (event.key === 'l') toggleLike(id)
  }

  /** On what is chosen, or else on the item with the focus. */
  const act = (action: (ids: MediaId[]) => void) => {
    const id = keys.focused()
    const ids = selection.isOn() || id === null ? [...selection.ids()] : [id]
    if (ids.length > 0) action(ids)
  }

  const move = (event: KeyboardEvent, direction: Direction) => {
    const onGrid = document.activeElement?.closest('[data-grid]') != null
    // Without a focused tile, up and down scroll as they always did; right steps into the gallery.
    if (!onGrid && (direction === 'up' || direction === 'down' || !isAtRest())) return
    event.preventDefault()
    const id = keys.focused()
    const next = id === null ? firstNear(keys) : findAcross(keys, id, direction)
    if (next !== undefined) keys.focus(next)
    if (next !== undefined && event.shiftKey) selection.takeRange(next)
  }

  const world = (): JumpWorld => ({
    chunks: timeline.chunks(),
    placed: keys.placed(),
    dayOf: (id) => new Date(timeline.find(id)?.timelineAt ?? 0).toDateString(),
  })
  const jump = (stops: readonly Stop[], by: 1 | -1) => {
    const stop = findStop(stops, keys.topPx(), by)
    if (stop !== undefined) keys.scrollTo(stop)
  }
  const openForm = (event: KeyboardEvent, open: () => void) => {
    event.preventDefault()
    open()
  }

  onMount(() => {
    document.addEventListener('keydown', onKey)
    onCleanup(() => document.removeEventListener('keydown', onKey))
  })
}

const firstNear = ({ timeline, near }: GalleryKeys): MediaId | undefined =>
  timeline
    .chunks()
    .slice(near().start)
    .find((chunk) => chunk.ids !== null)?.ids?.[0]

/** Where an arrow key goes, also over the edge of a chunk. */
function findAcross({ timeline, placed }: GalleryKeys, id: MediaId, direction: Direction): MediaId | undefined {
  const place = timeline.placeOf(id)
  const layout = place === undefined ? undefined : placed()[place.chunk]?.layout
  if (place === undefined || layout == null) return undefined
  const ids = timeline.chunks()[place.chunk]?.ids ?? []
  const next = findNeighbour(layout, place.index, direction)
  if (next !== place.index) return ids[next]
  const by = direction === 'left' || direction === 'up' ? -1 : 1
  timeline.lookAround(id)
  const beside = timeline.beside(by === 1 ? (ids.at(-1) ?? id) : (ids[0] ?? id), by)
  const other = placed()[place.chunk + by]?.layout
  if (beside === undefined || direction === 'left' || direction === 'right' || other == null) return beside?.id
  // Straight up or down: the nearest middle in the row across the edge.
  const middle = (from: typeof layout, index: number) => (from.lefts[index] ?? 0) + (from.widths[index] ?? 0) / 2
  const row = by === 1 ? other.rows[0] : other.rows.at(-1)
  const target = middle(layout, place.index)
  let best = row?.start ?? 0
  for (let i = best; i < (row?.end ?? 0); i += 1) {
    if (Math.abs(middle(other, i) - target) < Math.abs(middle(other, best) - target)) best = i
  }
  return timeline.chunks()[place.chunk + by]?.ids?.[best]
}
