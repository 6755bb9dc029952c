// Two fingers on a grid make its photos larger or smaller. The grid follows the fingers as it is until the next density
// is nearer, then is laid out in that one; what is between the fingers stays between them. A page that is zoomed in
// keeps its own pinch, as does everything beside the grid.
import { densities, type Density } from '@shoebox/shared/media/lay-out-rows.ts'
import { density, setDensity } from './density.ts'

export type Point = { readonly xPx: number; readonly yPx: number }

/** How far photos may be stretched past the last density before they stay behind the fingers. */
const stretchMax = 1.25
const settleMs = 160

/** The density whose photos are nearest in size to those of another one, so much enlarged. */
export function nearestDensity(from: Density, scale: number): Density {
  const off = (across: Density) => Math.abs(Math.log(from / scale / across))
  return densities.reduce((best, across) => (off(across) < off(best) ? across : best))
}

/** `holdAt`: the point of the screen that stays where it is while the density changes; null: no finger says any more. */
export function pinchGrid(grid: HTMLElement, holdAt: (point: Point | null) => void): () => void {
  /** `corner`: where the grid begins, in the page. */
  let pinch: { from: Density; spanPx: number; at: Point; corner: Point } | null = null
  const stop = new AbortController()
  let fingersGone = new AbortController()
  const { signal } = stop

  const isPageZoomed = () => (visualViewport?.scale ?? 1) > 1.01
  const letPageZoom = () => (grid.style.touchAction = isPageZoomed() ? '' : 'pan-x pan-y')
  const measure = ({ touches: [a, b] }: TouchEvent) =>
    a === undefined || b === undefined
      ? null
      : {
          spanPx: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
          at: { xPx: (a.clientX + b.clientX) / 2, yPx: (a.clientY + b.clientY) / 2 },
        }

  const begin = (event: TouchEvent) => {
    const fingers = measure(event)
    if (fingers === null || event.touches.length !== 2 || isPageZoomed()) return
    clear()
    const { left, top } = grid.getBoundingClientRect()
    pinch = { ...fingers, from: density(), corner: { xPx: left, yPx: top + scrollY } }
    listenToFingers(event)
    holdAt(fingers.at)
  }
  /** A finger's events go to what it touched first, and no further once that has left the document. */
  const listenToFingers = ({ touches }: TouchEvent) => {
    fingersGone.abort()
    fingersGone = new AbortController()
    const own = { signal: fingersGone.signal }
    for (const target of new Set([...touches].map((touch) => touch.target))) {
      // Only a listener that is not passive can keep the page from zooming with it.
      target.addEventListener('touchmove', (event) => follow(event as TouchEvent), { passive: false, ...own })
      target.addEventListener('touchend', end, own)
      target.addEventListener('touchcancel', end, own)
    }
  }
  const follow = (event: TouchEvent) => {
    const fingers = measure(event)
    if (pinch === null || fingers === null) return
    if (event.cancelable) event.preventDefault()
    const scale = fingers.spanPx / pinch.spanPx
    const next = nearestDensity(pinch.from, scale)
    if (next !== density()) setDensity(next)
    const rest = Math.min(stretchMax, Math.max(1 / stretchMax, (scale * next) / pinch.from))
    const { at, corner } = pinch
    // Another density scrolls the page, so that the same point of the screen is another one of the grid.
    grid.style.transformOrigin = `${at.xPx - corner.xPx}px ${at.yPx + scrollY - corner.yPx}px`
    grid.style.transform = `scale(${rest})`
  }
  const end = () => {
    if (pinch === null) return
    pinch = null
    fingersGone.abort()
    holdAt(null)
    grid.style.transition = `transform ${settleMs}ms ease-out`
    grid.style.transform = 'scale(1)'
    setTimeout(() => pinch === null && clear(), settleMs)
  }
  const clear = () => {
    for (const name of ['transform', 'transform-origin', 'transition']) grid.style.removeProperty(name)
  }

  letPageZoom()
  visualViewport?.addEventListener('resize', letPageZoom, { signal })
  grid.addEventListener('touchstart', begin, { passive: true, signal })
  return () => {
    stop.abort()
    fingersGone.abort()
  }
}
