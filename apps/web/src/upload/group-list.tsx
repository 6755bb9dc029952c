// Uploads of this visit in groups, in the panel and on "My uploads". A group shows a few rows until more are asked for,
// and even then only those on screen are in the document: 5,000 files stay cheap.
import { createEffect, createMemo, createSignal, For, Index, on, onCleanup, onMount, Show, type JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { useShoebox } from '../compose.ts'
import { uploadWords } from '../words/upload-words.ts'
import { createRowFocus, type RowFocus } from './row-focus.ts'
import { groupUploads, type UploadGroup } from './upload-groups.ts'
import { UploadRow } from './upload-row.tsx'

/** How tall every row is: only so can rows that are not there be left room for. */
const rowPx = 64
const fewRows = 4
/** Rows kept above and below what is seen. */
const spareRows = 6

type Place = {
  /** What the groups scroll in; the window where there is none. */
  readonly scroller?: HTMLElement | undefined
  readonly level: 'h2' | 'h3'
}

export function GroupList(props: Place): JSX.Element {
  const { uploads } = useShoebox()
  const groups = createMemo(() => groupUploads(uploads.shown()))
  const [moves, setMoves] = createSignal(0)
  // By name: groups come and go above an open one.
  const [openName, setOpenName] = createSignal<UploadGroup['name'] | null>(null)
  let content: HTMLElement | undefined
  const focus = createRowFocus(() => content)
  createEffect(on(groups, focus.restore, { defer: true }))
  let isPressed = false
  const onRelease = () => (isPressed = false)
  const onPress = () => {
    isPressed = true
    // The browser has moved the focus by then. Whoever drags a scrollbar may never be said to let go.
    setTimeout(onRelease, 0)
  }

  onMount(() => {
    let frame = 0
    const later = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => setMoves((count) => count + 1))
    }
    const target = props.scroller ?? window
    target.addEventListener('scroll', later, { passive: true })
    addEventListener('resize', later)
    addEventListener('mousedown', onPress, { capture: true })
    addEventListener('mouseup', onRelease, { capture: true })
    // A group that grows or shrinks moves the ones below it without a scroll.
    const sizes = new ResizeObserver(later)
    if (content !== undefined) sizes.observe(content)
    onCleanup(() => {
      cancelAnimationFrame(frame)
      target.removeEventListener('scroll', later)
      removeEventListener('resize', later)
      removeEventListener('mousedown', onPress, { capture: true })
      removeEventListener('mouseup', onRelease, { capture: true })
      sizes.disconnect()
    })
  })

  return (
    <div
      ref={(element) => (content = element)}
      tabindex="-1"
      onFocusIn={({ target }) => focus.hold(target)}
      // Whoever presses on nothing has left the row, though its blur looks like that of a row that is taken away. What goes
      // to another button here is held anew; let go before, its row would be gone where nobody sees it.
      onFocusOut={({ relatedTarget, currentTarget }) => {
        const isLeft = relatedTarget === null ? isPressed : !currentTarget.contains(relatedTarget as Node)
        if (isLeft) focus.letGo()
      }}
    >
      <Index each={groups()}>
        {(group) => (
          <Group
            group={group()}
            scroller={props.scroller}
            level={props.level}
            moves={moves()}
            focus={focus}
            isOpen={openName() === group().name}
            onToggle={() => setOpenName((name) => (name === group().name ? null : group().name))}
          />
        )}
      </Index>
    </div>
  )
}

function Group(
  props: Place & {
    group: UploadGroup
    moves: number
    focus: RowFocus
    isOpen: boolean
    onToggle: () => void
  },
): JSX.Element {
  const { uploads } = useShoebox()
  const items = () => (props.isOpen ? props.group.items : props.group.items.slice(0, fewRows))
  const keys = () => props.group.items.map(({ key }) => key)

  return (
    <section class="border-b border-line py-1 last:border-b-0" data-group={props.group.name}>
      <div class="flex items-start gap-3 px-4">
        <div class="min-w-0 flex-1 py-2 text-sm" classList={{ 'text-bad': props.group.isBad }}>
          <Dynamic component={props.level} class="font-semibold">
            {props.group.title}
          </Dynamic>
          <Show when={props.group.hint}>{(hint) => <p class="text-soft">{hint()}</p>}</Show>
        </div>
        <Show when={props.group.name === 'duplicate' && props.group.items.length > 1}>
          <button type="button" class="link min-h-11 shrink-0 text-sm" onClick={() => uploads.addAnyway(keys())}>
            {uploadWords.addAllAnyway}
          </button>
        </Show>
      </div>
      <Rows
        items={items()}
        scroller={props.scroller}
        label={props.group.title}
        moves={props.moves}
        focus={props.focus}
      />
      <Show when={props.group.items.length > fewRows}>
        <button
          type="button"
          class="link mx-4 min-h-11 text-sm"
          aria-expanded={props.isOpen}
          onClick={() => props.onToggle()}
        >
          {props.isOpen ? uploadWords.showFew : uploadWords.showAll(props.group.items.length)}
        </button>
      </Show>
    </section>
  )
}

/** Rows of one height; only those near the visible part of the scroller are drawn. `moves` changes when that may have. */
function Rows(props: {
  items: UploadGroup['items']
  scroller: HTMLElement | undefined
  label: string
  moves: number
  focus: RowFocus
}): JSX.Element {
  const { uploads } = useShoebox()
  const [range, setRange] = createSignal({ from: 0, to: fewRows + spareRows })
  let list: HTMLElement | undefined

  createEffect(() => {
    if (props.moves === 0 || list === undefined) return
    const { top } = list.getBoundingClientRect()
    const view = props.scroller?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight }
    const from = Math.max(0, Math.floor((view.top - top) / rowPx) - spareRows)
    const to = Math.max(from, Math.ceil((view.bottom - top) / rowPx) + spareRows)
    setRange((before) => (before.from === from && before.to === to ? before : { from, to }))
  })

  const visible = createMemo(() => {
    const { from, to } = props.items.length <= fewRows ? { from: 0, to: fewRows } : range()
    const rows = props.items.map(({ key }, index) => ({ key, index }))
    const held = rows.find(({ key }) => key === props.focus.heldKey())
    const near = rows.slice(from, to)
    if (held === undefined || near.includes(held)) return near
    return held.index < from ? [held, ...near] : [...near, held]
  })
  createEffect(on(visible, () => props.focus.restore(), { defer: true }))

  return (
    <ul
      ref={(element) => (list = element)}
      class="relative"
      style={{ height: `${props.items.length * rowPx}px` }}
      aria-label={props.label}
    >
      <For each={visible().map(({ key }) => key)}>
        {(key, place) => {
          const first = props.items.find((item) => item.key === key)
          if (first === undefined) return null
          const item = uploads.follow(first)
          const index = () => visible()[place()]?.index ?? 0
          return <UploadRow item={item()} topPx={index() * rowPx} position={index() + 1} setSize={props.items.length} />
        }}
      </For>
    </ul>
  )
}
