// Which part of the grid is worth having in the document: what is on screen, and, once the first pictures are on their
// way, some of what is above and below.
import { createSignal, onCleanup, onMount, type Accessor } from 'solid-js'

export type Span = { readonly fromPx: number; readonly toPx: number }

/** The first second belongs to the pictures that are seen. */
const overscanAfterMs = 1000

/** What is drawn above and below the screen, in screens. More keeps more nodes than a page may have. */
const overscanScreens = 0.7

/** The visible span in the grid's own pixels, updated at most once a frame. */
export function createGridWindow(grid: () => HTMLElement | undefined): Accessor<Span> {
  const [span, setSpan] = createSignal<Span>({ fromPx: 0, toPx: window.innerHeight })
  let overscan = 0
  let frame = 0

  const measure = () => {
    frame = 0
    const element = grid()
    if (element === undefined) return
    const topPx = element.getBoundingClientRect().top
    const height = window.innerHeight
    setSpan({ fromPx: -topPx - height * overscan, toPx: -topPx + height * (1 + overscan) })
  }
  const later = () => {
    if (frame === 0) frame = requestAnimationFrame(measure)
  }

  onMount(() => {
    measure()
    const timer = setTimeout(() => {
      overscan = overscanScreens
      later()
    }, overscanAfterMs)
    addEventListener('scroll', later, { passive: true })
    addEventListener('resize', later)
    onCleanup(() => {
      clearTimeout(timer)
      cancelAnimationFrame(frame)
      removeEventListener('scroll', later)
      removeEventListener('resize', later)
    })
  })
  return span
}
