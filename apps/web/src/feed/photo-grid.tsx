// The justified grid. Only tiles near the screen are in the document, each keyed by its item: when rows change, tiles
// move but are never rebuilt, so focus and loaded pictures stay.
import { useNavigate } from '@solidjs/router'
import {
  createEffect,
  createMemo,
  createSignal,
  For,
  onCleanup,
  onMount,
  Show,
  Suspense,
  untrack,
  type JSX,
} from 'solid-js'
import { useShoebox } from '../compose.ts'
import { lazyPart } from '../ui/lazy-part.ts'
import { withWords } from '../words/translation.ts'
import { words } from '../words/words.ts'
import { density } from './density.ts'
import type { FeedItem, MediaId } from './feed-item.ts'
import { watchGridKeys } from './grid-keys.ts'
import { guessGridWidth } from './grid-width.ts'
import { createGrowingList } from './growing-list.ts'
import { createGridWindow } from './grid-window.ts'
import {
  clampAspect,
  findVisible,
  layOutRows,
  planRows,
  type Layout,
  type RowRules,
} from '@shoebox/shared/media/lay-out-rows.ts'
import { later } from './later.ts'
import { returning, setReturning } from './returning.ts'
import { Tile } from './tile.tsx'
import { keepFocus } from './keep-focus.ts'
import { crowdOf, roomAround } from './crowd.ts'
import { drawableCrowd } from './tiny-part.ts'

const ShortcutSheet = lazyPart(() => import('../ui/shortcut-sheet.tsx').then((file) => file.ShortcutSheet))

export function PhotoGrid(): JSX.Element {
  const { feed } = useShoebox()
  const navigate = useNavigate()
  const [width, setWidth] = createSignal(guessGridWidth())
  const [focused, setFocused] = createSignal<MediaId | null>(null)
  const [isSheetOpen, setSheetOpen] = createSignal(false)
  const layout = createLayout(width)
  let grid: HTMLDivElement | undefined
  const roomPx = (screenPx: number) => roomAround(layout().rules, screenPx)
  const view = createGridWindow(() => grid, roomPx)
  const { span } = view

  const crowd = createMemo(() => drawableCrowd(crowdOf(layout().rules, window.innerHeight)))
  const range = createMemo(() => findVisible(layout(), span().fromPx, span().toPx), undefined, {
    equals: (a, b) => a.start === b.start && a.end === b.end,
  })
  const visible = createMemo<FeedItem[]>(() => {
    const { start, end } = range()
    feed.reorders()
    const kept = focused()
    return untrack(() => {
      const items = feed.items().slice(start, end)
      // The tile with the focus stays, wherever it is scrolled to: focus would fall to the page otherwise.
      const place = kept === null ? -1 : feed.placeOf(kept)
      const item = feed.items()[place]
      if (item === undefined || (place >= start && place < end)) return items
      return place < start ? [item, ...items] : [...items, item]
    })
  })

  const drawn = createGrowingList(
    () => visible(),
    (item) => item.id === focused(),
  )

  const linkOf = (id: MediaId) => grid?.querySelector<HTMLAnchorElement>(`a[href="${feed.hrefOf(id)}"]`)

  /** Brings a tile on screen and focuses it, also one that is not in the document yet. */
  const focusPlace = (place: number) => {
    const item = feed.items()[place]
    if (item === undefined || grid === undefined) return
    const top = grid.getBoundingClientRect().top + (layout().tops[place] ?? 0)
    const bottom = top + (layout().heights[place] ?? 0)
    const marginPx = 88
    if (top < marginPx) window.scrollBy(0, top - marginPx)
    else if (bottom > window.innerHeight - marginPx) window.scrollBy(0, bottom - window.innerHeight + marginPx)
    setFocused(item.id)
    linkOf(item.id)?.focus({ preventScroll: true })
  }

  later(
    () => withWords(import('./keep-density-place.ts')),
    ({ keepGridPlace }) => keepGridPlace({ grid: () => grid, window: view, layout }),
  )
  onMount(() => {
    if (grid === undefined) return
    const observer = new ResizeObserver(() => grid !== undefined && setWidth(grid.clientWidth))
    observer.observe(grid)
    onCleanup(() => observer.disconnect())
  })
  // A closed viewer gives the focus back to the photo it showed last, and scrolls only when that is out of sight.
  createEffect(() => {
    const id = returning()
    if (id === null || grid === undefined) return
    setReturning(null)
    const place = feed.placeOf(id)
    const top = grid.getBoundingClientRect().top + (layout().tops[place] ?? 0)
    if (place < 0) return
    // Not inside the effect: what it changes is in the document only after its end.
    if (top + (layout().heights[place] ?? 0) < 0 || top > window.innerHeight) queueMicrotask(() => focusPlace(place))
    else linkOf(id)?.focus({ preventScroll: true })
  })
  keepFocus({ crowd, focused, linkOf })
  watchGridKeys({ layout, focused, focusPlace, navigate, openSheet: () => setSheetOpen(true) })

  return (
    <>
      <div ref={(element) => (grid = element)}>
        <ul
          role={crowd() === 'tiny' ? 'group' : undefined}
          aria-label={words.feed.list}
          data-grid
          class="relative"
          style={{ height: `${layout().heightPx}px` }}
          onFocusIn={(event) =>
            setFocused((event.target.closest<HTMLElement>('[data-id]')?.dataset['id'] as MediaId | undefined) ?? null)
          }
          onFocusOut={(event) => event.relatedTarget !== null && setFocused(null)}
        >
          <For each={drawn()}>{(item) => <Tile item={item} layout={layout()} crowd={crowd()} />}</For>
        </ul>
      </div>
      <Suspense>
        <Show when={isSheetOpen()}>
          <ShortcutSheet onClose={() => setSheetOpen(false)} />
        </Show>
      </Suspense>
    </>
  )
}

const isAlike = (one: RowRules, other: RowRules): boolean =>
  one.widthPx === other.widthPx && one.rowHeightPx === other.rowHeightPx

/** The layout of all items: extended while the list only grows at its end, made anew when it changes otherwise. */
function createLayout(width: () => number): () => Layout {
  const { feed } = useShoebox()
  let aspects: number[] = []
  let reordersBefore = -1
  const layout = createMemo<Layout>((former: Layout | undefined) => {
    const rules = planRows(width(), density())
    const reorders = feed.reorders()
    const count = feed.items().length
    const isGrown = former !== undefined && reorders === reordersBefore && isAlike(former.rules, rules)
    untrack(() => {
      const known = reorders === reordersBefore ? aspects : []
      const fresh = feed.items().slice(known.length, count)
      aspects = [...known, ...fresh.map((item) => clampAspect(item.widthPx, item.heightPx))]
    })
    reordersBefore = reorders
    return isGrown ? layOutRows(aspects, rules, former) : layOutRows(aspects, rules)
  })
  return layout
}
