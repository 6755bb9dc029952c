// A finger that stays on a tile chooses it; one that then moves on chooses what it passes, and the page does not scroll
// with it. Near the edges of the screen the page moves on by itself. The finger's events go to the tile that it touched
// first, also when that has long left the document.
import { onCleanup } from 'solid-js'
import type { MediaId } from '../feed/feed-item.ts'
import type { Selection } from './selection.ts'

/** Shorter than the system's own menu for links. Milliseconds. */
const longPressMs = 380
/** So near to the edge, the page moves: more at the foot, where the bars are. */
const edgeTopPx = 96
const edgeFootPx = 160
const pushMaxPx = 18

/** How far the page moves in a frame for a finger at this height of the screen. */
export function pushOf(yPx: number, screenPx: number): number {
  const above = edgeTopPx - yPx
  const below = yPx - (screenPx - edgeFootPx)
  if (above > 0) return -Math.ceil(Math.min(1, above / edgeTopPx) * pushMaxPx)
  return below > 0 ? Math.ceil(Math.min(1, below / edgeFootPx) * pushMaxPx) : 0
}

export function watchPress(ownId: MediaId, selection: Selection) {
  let timer = 0
  let frame = 0
  let isTouched = false
  let isLong = false
  let at = { xPx: 0, yPx: 0 }
  const end = () => {
    clearTimeout(timer)
    cancelAnimationFrame(frame)
    frame = 0
    // The click that follows the finger's leaving still has to know.
    setTimeout(() => (isTouched = isLong = false))
  }
  const take = () => {
    // Also under the bars at the foot.
    const [passed] = document
      .elementsFromPoint(at.xPx, at.yPx)
      .flatMap((element) => element.closest<HTMLElement>('[data-id]') ?? [])
    const id = passed?.dataset['id'] as MediaId | undefined
    if (id !== undefined && !selection.has(id)) selection.takeRange(id)
  }
  const moveOn = () => {
    frame = 0
    const px = pushOf(at.yPx, innerHeight)
    if (px === 0) return
    scrollBy({ top: px, behavior: 'instant' })
    take()
    frame = requestAnimationFrame(moveOn)
  }
  const onStart = (event: TouchEvent) => {
    if (event.touches.length !== 1) return end()
    isTouched = true
    timer = window.setTimeout(() => {
      isLong = true
      selection.toggle(ownId)
      navigator.vibrate?.(10)
    }, longPressMs)
  }
  const onMove = (event: TouchEvent) => {
    if (!isLong) return clearTimeout(timer)
    event.preventDefault()
    const [touch] = event.touches
    if (touch === undefined) return
    at = { xPx: touch.clientX, yPx: touch.clientY }
    take()
    if (frame === 0) frame = requestAnimationFrame(moveOn)
  }
  onCleanup(() => clearTimeout(timer))
  return {
    wasLong: () => isLong,
    isTouched: () => isTouched,
    listen(element: HTMLElement): void {
      element.addEventListener('touchstart', onStart, { passive: true })
      // Only a listener that is not passive can keep the page from scrolling.
      element.addEventListener('touchmove', onMove, { passive: false })
      element.addEventListener('touchend', end)
      element.addEventListener('touchcancel', end)
    },
  }
}
