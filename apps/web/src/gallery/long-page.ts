// A gallery may be higher than any page: browsers stop near 16.7 million pixels, and a million photos need hundreds of
// millions. Its page is then shorter than it. Whoever scrolls moves pixel by pixel from where they are; whoever jumps,
// by the scrollbar for instance, lands as far down in the gallery as in the page. Once they rest, the page is moved
// under what they see to where the scrollbar tells the truth.
import type { PageMap } from '../feed/grid-window.ts'

/** Well below what any browser can, also on a screen with three dots to a pixel. */
export const pageMaxPx = 8_000_000
/** So much at both ends is as long in the page as in the gallery: nobody reaches the end of one before the other. */
const trueEndPx = 1_000_000
/** Wheels and fingers move by less in a frame. In screens. */
const jumpScreens = 3

/** Where the screen begins: in the page, and in the gallery. */
export type View = { readonly pagePx: number; readonly placePx: number }

const isLong = (totalPx: number): boolean => totalPx > pageMaxPx

/** Gallery pixels for each of the page, between the ends. */
const stretch = (totalPx: number): number => (totalPx - 2 * trueEndPx) / (pageMaxPx - 2 * trueEndPx)

export function toPage(placePx: number, totalPx: number): number {
  if (!isLong(totalPx) || placePx <= trueEndPx) return placePx
  const restPx = totalPx - placePx
  if (restPx <= trueEndPx) return pageMaxPx - restPx
  return trueEndPx + (placePx - trueEndPx) / stretch(totalPx)
}

export function toPlace(pagePx: number, totalPx: number): number {
  if (!isLong(totalPx) || pagePx <= trueEndPx) return pagePx
  const restPx = pageMaxPx - pagePx
  if (restPx <= trueEndPx) return totalPx - restPx
  return trueEndPx + (pagePx - trueEndPx) * stretch(totalPx)
}

/** Where somebody is after the page was scrolled. */
export function followPage(before: View, pagePx: number, totalPx: number, screenPx: number): View {
  const movedPx = pagePx - before.pagePx
  const isJump = !isLong(totalPx) || Math.abs(movedPx) > screenPx * jumpScreens
  return { pagePx, placePx: isJump ? toPlace(pagePx, totalPx) : before.placePx + movedPx }
}

/** Whether the page ends, or the gallery, before the other does: that cannot wait until somebody rests. */
export function isAtEnd({ pagePx, placePx }: View, totalPx: number, screenPx: number): boolean {
  const isNear = (px: number, endPx: number) => px < screenPx || px > endPx - 2 * screenPx
  return isLong(totalPx) && (isNear(pagePx, pageMaxPx) || isNear(placePx, totalPx))
}

/** Kept for whoever comes back: a pixel of the page is many of the gallery, and they left at one of these. */
const left = new WeakMap<object, View>()

export type LongPage = PageMap & {
  readonly heightPx: () => number
  /** What stands in the gallery stands so much higher in the page. */
  readonly shiftPx: () => number
}

/** `gallery`: whose place is remembered. `shift`: a signal, since what is drawn depends on it. */
export function createLongPage(
  gallery: object,
  totalPx: () => number,
  shiftPx: () => number,
  setShiftPx: (px: number) => void,
): LongPage {
  let view: View = { pagePx: 0, placePx: 0 }
  /** Where somebody was when they left, until they are back there. */
  let before = left.get(gallery)
  const go = (next: View) => {
    view = next
    if (isLong(totalPx())) left.set(gallery, next)
    setShiftPx(next.placePx - next.pagePx)
    return next.placePx
  }
  return {
    shiftPx,
    heightPx: () => Math.min(totalPx(), pageMaxPx),
    follow(pagePx, screenPx) {
      if (before !== undefined && isLong(totalPx()) && Math.abs(before.pagePx - pagePx) < 2) {
        const { placePx } = before
        before = undefined
        return go({ pagePx, placePx })
      }
      return go(followPage(view, pagePx, totalPx(), screenPx))
    },
    aim(placePx) {
      const pagePx = toPage(placePx, totalPx())
      go({ pagePx, placePx })
      return pagePx
    },
    settle(screenPx, isResting) {
      const truePx = Math.round(toPage(view.placePx, totalPx()))
      const movedPx = truePx - view.pagePx
      if (Math.abs(movedPx) < 1 || !(isResting || isAtEnd(view, totalPx(), screenPx))) return 0
      go({ pagePx: truePx, placePx: view.placePx })
      return movedPx
    },
    moveBy(movedPx) {
      if (!isLong(totalPx())) return movedPx
      go({ pagePx: view.pagePx, placePx: view.placePx + movedPx })
      return 0
    },
  }
}
