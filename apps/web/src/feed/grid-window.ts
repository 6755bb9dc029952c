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
  /** Brings a place to the top of the screen. */
  readonly scrollTo: (placePx: number) => void
  /** What is on the screen has moved by so much in the grid, and stays where it is. */
  readonly moveBy: (movedPx: number) => void
}

/** Where places of a grid are in its page, if not simply there; all counted from where the grid begins. */
export type PageMap = {
  /** The place at the top of the screen, as the page was scrolled. */
  readonly follow: (pagePx: number, screenPx: number) => number
  /** Where the page is to be scrolled for a place. */
  readonly aim: (placePx: number) => number
  /** How far the page is to be scrolled under what is seen. */
  readonly settle: (screenPx: number, isResting: boolean) => number
  /** How far it is to be scrolled when what is on the screen has moved. */
  readonly moveBy: (movedPx: number) => number
}

type GridElement = () => HTMLElement | undefined
/** How far above and below a screen of this height there may be tiles. */
type RoomAround = (screenPx: number) => number

const plainPage: PageMap = {
  follow: (pagePx) => pagePx,
  aim: (placePx) => placePx,
  settle: () => 0,
  moveBy: (movedPx) => movedPx,
}

/** The first second belongs to the pictures that are seen. */
const overscanAfterMs = 1000

/** What is drawn above and below the screen, where there is room for it. In screens. */
const overscanScreens = 0.7

/** Who moves by more than this in a frame flies past, and is shown only where they are. In screens. */
const flightScreens = 1.2
/** How long they must rest before what is around them is drawn, and pictures are asked for. Milliseconds. */
const calmAfterMs = 100

let flight: Promise<void> | null = null

/** Pictures that somebody flies past are not worth asking for: resolves when they rest, and is null while they do. */
export const untilCalm = (): Promise<void> | null => flight

export function createGridWindow(grid: GridElement, roomPx: RoomAround, page: PageMap = plainPage): GridWindow {
  const [span, setSpan] = createSignal<Span>({ topPx: 0, fromPx: 0, toPx: window.innerHeight })
  let isFirstSecond = true
  let frame = 0
  let calmTimer = 0
  let restTimer = 0
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
  const scrollPage = (px: number) => {
    if (px !== 0) scrollBy({ top: px, behavior: 'instant' })
  }
  const measure = () => {
    frame = 0
    const element = grid()
    if (element === undefined) return
    const height = window.innerHeight
    const topPx = page.follow(-element.getBoundingClientRect().top, height)
    scrollPage(page.settle(height, false))
    if (!isFirstSecond && Math.abs(topPx - span().topPx) > height * flightScreens) fly()
    const around = isFirstSecond || land !== null ? 0 : Math.min(height * overscanScreens, roomPx(height))
    setSpan({ topPx, fromPx: topPx - around, toPx: topPx + height + around })
  }
  const later = () => {
    if (frame === 0) frame = requestAnimationFrame(measure)
    clearTimeout(restTimer)
    restTimer = window.setTimeout(() => scrollPage(page.settle(window.innerHeight, true)), calmAfterMs)
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
      clearTimeout(restTimer)
      land?.()
      flight = null
      cancelAnimationFrame(frame)
      removeEventListener('scroll', later)
      removeEventListener('resize', later)
    })
  })
  return {
    span,
    scrollTo(placePx) {
      const top = grid()?.getBoundingClientRect().top
      if (top === undefined) return
      window.scrollTo({ top: top + window.scrollY + page.aim(placePx), behavior: 'instant' })
      measure()
    },
    moveBy(movedPx) {
      scrollPage(page.moveBy(movedPx))
      measure()
    },
  }
}
