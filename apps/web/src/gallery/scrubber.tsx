// The line at the edge of a gallery that goes to any time in it. Its marks stand where the months are, since heights
// are known before anything is loaded. For the pointer only: the keyboard has m and M, and the page's own scrolling.
import { createEffect, createMemo, createSignal, For, on, onCleanup, Show, type JSX } from 'solid-js'
import { galleryWords } from '../words/gallery-words.ts'
import { findChunks, type PlacedChunk } from './timeline-layout.ts'
import type { Chunk } from './timeline-chunk.ts'

/** Marks nearer than this to each other would be unreadable. */
const markEveryPx = 28
/** How long after the last movement it is still said where one is. Milliseconds. */
const saidMs = 900
/** A gallery of fewer screens needs no scrubber. */
const screensMin = 4

type ScrubberProps = {
  chunks: readonly Chunk[]
  placed: readonly PlacedChunk[]
  /** Where the screen begins in the gallery. */
  topPx: () => number
  onJump: (topPx: number) => void
}

export function Scrubber(props: ScrubberProps): JSX.Element {
  let line: HTMLDivElement | undefined
  const [grasped, setGrasped] = createSignal<number | null>(null)
  const totalPx = () => props.placed.at(-1)?.endPx ?? 0
  const isNeeded = () => totalPx() > innerHeight * screensMin

  const monthAt = (share: number) => {
    const at = share * totalPx()
    return props.chunks[findChunks(props.placed, at, at).start]?.month ?? ''
  }
  const marks = createMemo(() => {
    const found: { month: string; share: number }[] = []
    const total = totalPx()
    const linePx = innerHeight * 0.7
    // Once, and not for each of a thousand chunks: this is done again with every page of the gallery.
    const chunks = props.chunks
    props.placed.forEach((chunk, i) => {
      const share = chunk.topPx / total
      const last = found.at(-1)
      const isFree = last === undefined || (share - last.share) * linePx > markEveryPx
      const month = chunks[i]?.month ?? ''
      if (month !== last?.month && isFree) found.push({ month, share })
    })
    return found
  })

  const [isMoving, setMoving] = createSignal(false)
  let rest: ReturnType<typeof setTimeout>
  createEffect(
    on(
      () => props.topPx(),
      () => {
        setMoving(true)
        clearTimeout(rest)
        rest = setTimeout(() => setMoving(false), saidMs)
      },
      { defer: true },
    ),
  )
  onCleanup(() => clearTimeout(rest))
  const shareSeen = () => Math.min(1, Math.max(0, props.topPx() / Math.max(1, totalPx())))
  /** Where the bubble with the date is: under the pointer, or beside the mark while the page moves. */
  const said = () => grasped() ?? (isMoving() && props.topPx() > 0 ? shareSeen() : null)

  const shareOf = (event: PointerEvent) => {
    const box = line?.getBoundingClientRect()
    return box === undefined ? 0 : Math.min(1, Math.max(0, (event.clientY - box.top) / box.height))
  }
  const follow = (event: PointerEvent) => {
    const share = shareOf(event)
    setGrasped(share)
    if (event.buttons > 0) props.onJump(share * totalPx())
  }

  return (
    <Show when={isNeeded()}>
      <div
        ref={(element) => (line = element)}
        aria-hidden="true"
        data-scrubber
        class="group/line fixed top-[15vh] right-0 z-10 h-[70vh] w-11 touch-none select-none"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          follow(event)
        }}
        onPointerMove={follow}
        onPointerLeave={() => setGrasped(null)}
        onPointerUp={(event) => event.pointerType !== 'mouse' && setGrasped(null)}
      >
        <For each={marks()}>
          {(mark) => (
            <span
              class="absolute right-2 -translate-y-1/2 rounded-full text-xs font-medium text-soft opacity-0 transition-opacity group-hover/line:opacity-100"
              classList={{ 'opacity-100': grasped() !== null }}
              style={{ top: `${mark.share * 100}%` }}
            >
              {galleryWords.mark(mark.month)}
            </span>
          )}
        </For>
        <span
          class="absolute right-0 h-1 w-4 -translate-y-1/2 rounded-full bg-accent"
          style={{ top: `${shareSeen() * 100}%` }}
        />
        {/* Not keyed by the share: 0 is one. */}
        <Show when={said() !== null}>
          <span
            data-date
            class="fade pointer-events-none absolute right-12 -translate-y-1/2 rounded-box bg-ink px-3 py-2 text-sm font-medium whitespace-nowrap text-paper"
            style={{ top: `${(said() ?? 0) * 100}%` }}
          >
            {galleryWords.section(monthAt(said() ?? 0))}
          </span>
        </Show>
      </div>
    </Show>
  )
}
