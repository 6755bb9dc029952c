// A gallery on the screen: sections in time, and only those tiles in the document that are near it. What is flown past
// is never asked for. Tiles are keyed by their items, so that a chunk that arrives above moves nothing but the scrollbar.
import { createEffect, createMemo, createSignal, For, on, onCleanup, Show, untrack, type JSX } from 'solid-js'
import { keepFocus } from '../feed/keep-focus.ts'
import { crowdOf, roomAround } from '../feed/crowd.ts'
import { createGrowingList } from '../feed/growing-list.ts'
import { ListComforts } from '../feed/list-comforts.tsx'
import { createGridWindow } from '../feed/grid-window.ts'
import { returning, setReturning } from '../feed/returning.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { galleryWords } from '../words/gallery-words.ts'
import { GalleryShortcuts } from './gallery-shortcuts.tsx'
import { GalleryTile } from './gallery-tile.tsx'
import { watchGalleryKeys, type GalleryDeeds } from './gallery-keys.ts'
import { GoToSheet } from './go-to-sheet.tsx'
import { findMonth } from './jump.ts'
import { createLongPage } from './long-page.ts'
import { Scrubber } from './scrubber.tsx'
import type { Selection } from './selection.ts'
import { findChunks } from './timeline-layout.ts'
import { createPlaces, findBox, keepInPlace, listVisible } from './timeline-places.ts'
import { cutPage, Headings, isSamePage, Waiting } from './timeline-headings.tsx'
import type { Timeline } from './timeline-store.ts'

/** How long the view must rest on a chunk before it is asked for. Milliseconds. */
const restMs = 120
/** A chunk that did not come is asked for again after this long, while somebody looks at its place. Milliseconds. */
const retryMs = 3000

/** Drawn anew for another timeline: it never changes under its view. */
type ViewProps = {
  timeline: Timeline
  selection: Selection
  deeds: GalleryDeeds
}

export function TimelineView(props: ViewProps): JSX.Element {
  const { timeline, selection, deeds } = untrack(() => ({ ...props }))
  const [focused, setFocused] = createSignal<MediaId | null>(null)
  let grid: HTMLDivElement | undefined
  const places = createPlaces(timeline, () => grid)
  const placed = () => places().chunks
  const [shiftPx, setShiftPx] = createSignal(0)
  const page = createLongPage(timeline, () => placed().at(-1)?.endPx ?? 0, shiftPx, setShiftPx)
  const roomPx = (screenPx: number) => roomAround(places().rules, screenPx)
  const view = createGridWindow(() => grid, roomPx, page)
  const crowd = createMemo(() => crowdOf(places().rules, window.innerHeight))
  const { span } = view

  const near = createMemo(() => findChunks(placed(), span().fromPx, span().toPx), undefined, {
    equals: (a, b) => a.start === b.start && a.end === b.end,
  })
  timeline.near = near
  loadWhatIsSeen(timeline)
  keepInPlace(places, view, () => grid)

  /** What is in the document: the items near the screen, and the one with the focus wherever it is. */
  const visible = createMemo<readonly MediaId[]>((before) => {
    const ids = listVisible(timeline, placed(), near(), span())
    const kept = focused()
    if (kept !== null && !ids.includes(kept) && timeline.placeOf(kept) !== undefined) ids.push(kept)
    return before.length === ids.length && before.every((id, i) => id === ids[i]) ? before : ids
  }, [])

  const drawn = createGrowingList(
    () => visible(),
    (id) => id === focused(),
  )

  const total = createMemo(() => timeline.total())

  /** What stands far from the screen is cut there: no element is as high as a long gallery. */
  const pageSpan = createMemo(() => cutPage(span(), page.shiftPx()), undefined, { equals: isSamePage })

  const boxOf = (id: MediaId) => findBox(timeline, placed(), id)
  const linkOf = (id: MediaId) => grid?.querySelector<HTMLAnchorElement>(`a[data-id="${id}"], [data-id="${id}"] a`)

  const goTo = (month: string) => {
    setForm(null)
    scrollTo(findMonth({ chunks: timeline.chunks(), placed: placed() }, month))
  }
  const scrollTo = (topPx: number) => view.scrollTo(topPx - 8)

  /** Brings an item on screen and gives it the focus. */
  const focus = (id: MediaId) => {
    const box = boxOf(id)
    if (box === null) return
    const top = box.topPx - span().topPx
    const marginPx = 96
    if (top < marginPx) view.scrollTo(box.topPx - marginPx)
    else if (top + box.heightPx > innerHeight - marginPx)
      view.scrollTo(box.topPx + box.heightPx - innerHeight + marginPx)
    setFocused(id)
    linkOf(id)?.focus({ preventScroll: true })
  }

  createEffect(() => {
    const id = returning()
    if (id === null) return
    setReturning(null)
    const box = untrack(() => boxOf(id))
    if (box === null) return
    const top = box.topPx - untrack(span).topPx
    // Not inside the effect: what it changes is in the document only after its end.
    if (top + box.heightPx < 0 || top > innerHeight) queueMicrotask(() => focus(id))
    else linkOf(id)?.focus({ preventScroll: true })
  })
  const [form, setForm] = createSignal<'date' | 'keys' | null>(null)
  keepFocus({ crowd, focused, linkOf })
  watchGalleryKeys({
    openDate: () => setForm('date'),
    openSheet: () => setForm('keys'),
    topPx: () => 8 + span().topPx,
    timeline,
    selection,
    placed,
    focused,
    focus,
    scrollTo,
    near,
    ...deeds,
  })

  return (
    <div class="relative" ref={(element) => (grid = element)}>
      <div
        data-grid
        class="relative"
        style={{ height: `${page.heightPx()}px` }}
        onFocusIn={(event) =>
          setFocused((event.target.closest<HTMLElement>('[data-id]')?.dataset['id'] as MediaId | undefined) ?? null)
        }
        onFocusOut={(event) => event.relatedTarget !== null && setFocused(null)}
      >
        <Headings timeline={timeline} placed={placed()} near={near()} page={pageSpan()} selection={selection} />
        <Waiting places={places()} near={near()} page={pageSpan()} />
        <ul role={crowd() === 'tiny' ? 'group' : undefined} aria-label={galleryWords.list}>
          <For each={drawn()}>
            {(id) => (
              <GalleryTile
                timeline={timeline}
                id={id}
                box={boxOf(id)}
                shiftPx={page.shiftPx()}
                total={total()}
                crowd={crowd()}
                selection={selection}
              />
            )}
          </For>
        </ul>
      </div>
      <ListComforts onRefresh={() => timeline.load()} />
      <Scrubber chunks={timeline.chunks()} placed={placed()} topPx={() => span().topPx} onJump={scrollTo} />
      <Show when={form() === 'date'}>
        <GoToSheet
          newest={timeline.chunks()[0]?.month ?? ''}
          oldest={timeline.chunks().at(-1)?.month ?? ''}
          onGo={goTo}
          onClose={() => setForm(null)}
        />
      </Show>
      <Show when={form() === 'keys'}>
        <GalleryShortcuts onClose={() => setForm(null)} />
      </Show>
    </div>
  )
}

/** Asks for the chunks that the view rests on, and again for one that did not come. */
function loadWhatIsSeen(timeline: Timeline): void {
  const [tries, setTries] = createSignal(0)
  createEffect(
    on([() => timeline.near(), () => timeline.chunks(), tries], ([{ start, end }]) => {
      let wait: ReturnType<typeof setTimeout>
      const load = async () => {
        const loads = Array.from({ length: end - start }, (_, i) => timeline.loadChunk(start + i))
        const results = await Promise.allSettled(loads)
        if (results.some((result) => result.status === 'rejected'))
          wait = setTimeout(() => setTries((count) => count + 1), retryMs)
      }
      wait = setTimeout(() => void load(), restMs)
      onCleanup(() => clearTimeout(wait))
    }),
  )
}
