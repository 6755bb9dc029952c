// What stands between the pictures of a gallery: the headings of its sections, and the shape of what is on its way.
import { createMemo, Index, type JSX } from 'solid-js'
import { usualAspect } from '@shoebox/shared/media/lay-out-rows.ts'
import type { Span } from '../feed/grid-window.ts'
import { Icon } from '../ui/icon.tsx'
import { showToast } from '../ui/toasts.tsx'
import { galleryWords } from '../words/gallery-words.ts'
import { sentenceForError } from '../words/words.ts'
import { readSection } from './read-section.ts'
import type { Selection } from './selection.ts'
import type { PlacedChunk } from './timeline-layout.ts'
import type { Places } from './timeline-places.ts'
import type { Timeline } from './timeline-store.ts'

/** The stretch of the page that is worth elements, and how much higher it is than the gallery. */
export type PageSpan = { readonly fromPx: number; readonly toPx: number; readonly shiftPx: number }

/** Moved on only now and then: what depends on it is written with each change. */
const cutPx = 20_000

export const cutPage = (span: Span, shiftPx: number): PageSpan => ({
  fromPx: (Math.floor((span.topPx - shiftPx) / cutPx) - 1) * cutPx,
  toPx: (Math.floor((span.topPx - shiftPx) / cutPx) + 2) * cutPx,
  shiftPx,
})

export const isSamePage = (one: PageSpan, other: PageSpan): boolean =>
  one.fromPx === other.fromPx && one.shiftPx === other.shiftPx

/** The style of what stands from one place of the gallery to another. */
function standAt(fromPlacePx: number, toPlacePx: number, { fromPx, toPx, shiftPx }: PageSpan) {
  const top = Math.max(fromPlacePx - shiftPx, fromPx)
  return { top: `${top}px`, height: `${Math.max(0, Math.min(toPlacePx - shiftPx, toPx) - top)}px` }
}

type HeadingsProps = {
  timeline: Timeline
  placed: readonly PlacedChunk[]
  near: { start: number; end: number }
  page: PageSpan
  selection: Selection
}

/** The headings near the screen, and the one of the section whose beginning was scrolled past. */
export function Headings(props: HeadingsProps): JSX.Element {
  const shown = createMemo(() => {
    const headings: { index: number; endPx: number }[] = []
    for (let i = props.near.end - 1; i >= 0; i -= 1) {
      if (props.placed[i]?.hasHeading !== true) continue
      let end = i + 1
      while (end < props.placed.length && props.placed[end]?.hasHeading !== true) end += 1
      headings.unshift({ index: i, endPx: props.placed[end - 1]?.endPx ?? 0 })
      if (i <= props.near.start) break
    }
    return headings
  })
  return (
    <Index each={shown()}>
      {(heading) => {
        const place = () => props.placed[heading().index]
        const section = () => props.timeline.chunks()[heading().index]?.section ?? ''
        return (
          <div
            class="pointer-events-none absolute inset-x-0"
            style={standAt(place()?.topPx ?? 0, heading().endPx, props.page)}
          >
            <Heading section={section()} timeline={props.timeline} selection={props.selection} />
          </div>
        )
      }}
    </Index>
  )
}

function Heading(props: { section: string; timeline: Timeline; selection: Selection }): JSX.Element {
  const chunks = () => props.timeline.chunks().filter((chunk) => chunk.section === props.section)
  const loaded = () => chunks().flatMap((chunk) => chunk.ids ?? [])
  const isChosen = () => loaded().length > 0 && loaded().every((id) => props.selection.has(id))
  const count = () => chunks().reduce((sum, chunk) => sum + (chunk.ids?.length ?? chunk.count), 0)
  /** A section is chosen whole, also what of it was not looked at yet. */
  const choose = async () => {
    try {
      props.selection.toggleAll(await readSection(props.timeline, props.section))
    } catch (error) {
      showToast(sentenceForError(error))
    }
  }
  return (
    <div class="group/heading pointer-events-auto sticky top-0 z-10 flex h-[56px] items-center gap-2 bg-paper/95 px-2 whitespace-nowrap wide:px-0">
      <h2 class="truncate font-semibold">{galleryWords.section(props.section)}</h2>
      <span class="text-sm text-soft tabular-nums">{galleryWords.count(count())}</span>
      <button
        type="button"
        class="button-icon text-soft aria-pressed:text-accent pointer-fine:opacity-0 group-hover/heading:opacity-100 focus-visible:opacity-100 aria-pressed:opacity-100"
        aria-pressed={isChosen()}
        aria-label={galleryWords.chooseSection(galleryWords.section(props.section))}
        onClick={() => void choose()}
      >
        <Icon name="check" size={20} />
      </button>
    </div>
  )
}

/** The shape of what is on its way: rows of as many tiles as are usual, painted without an element for each. */
export function Waiting(props: { places: Places; near: { start: number; end: number }; page: PageSpan }): JSX.Element {
  const waiting = () =>
    props.places.chunks.slice(props.near.start, props.near.end).filter((chunk) => chunk.layout === null)
  const tiles = () => {
    const { widthPx, rowHeightPx, gapPx } = props.places.rules
    const across = Math.max(1, Math.round((widthPx + gapPx) / (usualAspect * rowHeightPx + gapPx)))
    const columnPx = (widthPx + gapPx) / across
    return {
      'background-image': `linear-gradient(to right, transparent ${columnPx - gapPx}px, var(--paper) 0), linear-gradient(var(--sunken) ${rowHeightPx}px, transparent 0)`,
      'background-size': `${columnPx}px 100%, 100% ${rowHeightPx + gapPx}px`,
    }
  }
  return (
    <Index each={waiting()}>
      {(chunk) => (
        <div
          aria-hidden="true"
          class="absolute inset-x-0"
          style={{ ...standAt(chunk().rowsTopPx, chunk().endPx, props.page), ...tiles() }}
        />
      )}
    </Index>
  )
}
