// What stands between the pictures of a gallery: the headings of its sections, and the shape of what is on its way.
import { createMemo, Index, Show, type JSX } from 'solid-js'
import { Icon } from '../ui/icon.tsx'
import { galleryWords } from '../words/gallery-words.ts'
import type { Selection } from './selection.ts'
import type { PlacedChunk } from './timeline-layout.ts'
import type { Timeline } from './timeline-store.ts'

type HeadingsProps = {
  timeline: Timeline
  placed: readonly PlacedChunk[]
  near: { start: number; end: number }
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
            style={{ top: `${place()?.topPx ?? 0}px`, height: `${heading().endPx - (place()?.topPx ?? 0)}px` }}
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
    const indexes = [...props.timeline.chunks().keys()]
    const mine = indexes.filter((i) => props.timeline.chunks()[i]?.section === props.section)
    await Promise.all(mine.map((i) => props.timeline.loadChunk(i)))
    props.selection.toggleAll(loaded())
  }
  return (
    <div class="group/heading pointer-events-auto sticky top-0 z-10 flex h-14 items-center gap-2 bg-paper/95 px-2 wide:px-0">
      <h2 class="font-semibold">{galleryWords.section(props.section)}</h2>
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

/** The shape of what is on its way. */
export function Waiting(props: { placed: readonly PlacedChunk[]; near: { start: number; end: number } }): JSX.Element {
  const waiting = () => props.placed.slice(props.near.start, props.near.end).filter((chunk) => chunk.layout === null)
  return (
    <Index each={waiting()}>
      {(chunk) => (
        <Show when={chunk()}>
          <div
            aria-hidden="true"
            class="waiting pulse absolute inset-x-0"
            style={{ top: `${chunk().rowsTopPx}px`, height: `${chunk().endPx - chunk().rowsTopPx}px` }}
          />
        </Show>
      )}
    </Index>
  )
}
