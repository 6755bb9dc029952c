// Which part of the grid is worth having in the document: what is on screen, and, once the first pictures are on their
// way, some of what is above and below.
import { createSignal, onCleanup, onMount, type Accessor } from 'solid-js'

export type Span = {
  /** Where the screen begins. */
  readonly topPx: number
  readonly fromPx: number
  readonly toPx: number
}

export type GridWindow = {
  /** In the grid's own pixels, updated at most once a frame. */
  readonly span: Accessor<Span>
  /** Looks at once, for whoever has scrolled by program. */
  readonly look: () => void
}

/** The first second belongs to the pictures that are seen. */
const overscanAfterMs = 1000

/** What is drawn above and below the screen, in screens. More keeps more nodes than a page may have. */
const overscanScreens = 0.7

/** Who moves by more than this in a frame flies past, and is shown only where they are. In screens. */
const flightScreens = 1.2
/** How long they must rest before what is around them is drawn, and pictures are asked for. Milliseconds. */
const calmAfterMs = 100

let flight: Promise<void> | null = null

/** Pictures that somebody flies past are not worth asking for: resolves when they rest, and is null while they do. */
export const untilCalm = (): Promise<void> | null => flight

export function createGridWindow(grid: () => HTMLElement | undefined): GridWindow {
  const [span, setSpan] = createSignal<Span>({ topPx: 0, fromPx: 0, toPx: window.innerHeight })
  let isFirstSecond = true
  let frame = 0
  let calmTimer = 0
  let land: (() => void) | null = null

  const rest = () => {
    land?.()
    land = flight = null
    measure()
  }
  const fly = () => {
    flight ??= new Promise((resolve) => (land = resolve))
    clearTimeout(calmTimer)
    calmTimer = window.setTimeout(rest, calmAfterMs)
  }
  const measure = () => {
    frame = 0
    const element = grid()
    if (element === undefined) return
    const topPx = -element.getBoundingClientRect().top
    const height = window.innerHeight
    if (!isFirstSecond && Math.abs(topPx - span().topPx) > height * flightScreens) fly()
    const around = isFirstSecond || land !== null ? 0 : height * overscanScreens
    setSpan({ topPx, fromPx: topPx - around, toPx: topPx + height + around })
  }
  const later = () => {
    if (frame === 0) frame = requestAnimationFrame(measure)
  }

  onMount(() => {
    measure()
    const timer = setTimeout(() => {
      isFirstSecond = false
      later()
    }, overscanAfterMs)
    addEventListener('scroll', later, { passive: true })
    addEventListener('resize', later)
    onCleanup(() => {
      clearTimeout(timer)
      clearTimeout(calmTimer)
      land?.()
      flight = null
      cancelAnimationFrame(frame)
      removeEventListener('scroll', later)
      removeEventListener('resize', later)
    })
  })
  return { span, look: measure }
}
