// Where a picture stands on the stage: scale 1 fits, x and y move its middle, in pixels. Pure, so that every gesture
// (pinch, wheel, double tap, drag) comes down to the same two moves.

export type View = { readonly scale: number; readonly xPx: number; readonly yPx: number }
export type Point = { readonly x: number; readonly y: number }
export type Size = { readonly width: number; readonly height: number }

export const fitted: View = { scale: 1, xPx: 0, yPx: 0 }
export const scaleMax = 5

/** Scales about a point that keeps its place on screen. Points count from the middle of the stage. */
export function zoomAbout(view: View, scale: number, point: Point): View {
  const next = Math.min(scaleMax, Math.max(1, scale))
  const ratio = next / view.scale
  return { scale: next, xPx: point.x - (point.x - view.xPx) * ratio, yPx: point.y - (point.y - view.yPx) * ratio }
}

/** Keeps the picture over the stage: no edge comes further in than the middle allows. */
export function clampView(view: View, picture: Size, stage: Size): View {
  const limit = (shown: number, room: number) => Math.max(0, (shown * view.scale - room) / 2)
  const within = (value: number, most: number) => Math.min(most, Math.max(-most, value))
  return {
    scale: view.scale,
    xPx: within(view.xPx, limit(picture.width, stage.width)),
    yPx: within(view.yPx, limit(picture.height, stage.height)),
  }
}

export type Release = 'next' | 'previous' | 'close' | 'stay'

const swipePx = 70
const flingPxPerMs = 0.45

/** What a one-finger drag over a fitted picture meant when it is let go. */
export function judgeRelease(moved: Point, durationMs: number): Release {
  const isHorizontal = Math.abs(moved.x) > Math.abs(moved.y)
  const distance = isHorizontal ? Math.abs(moved.x) : moved.y
  const isFar = distance > swipePx || (distance > 24 && distance / Math.max(1, durationMs) > flingPxPerMs)
  if (!isFar) return 'stay'
  if (!isHorizontal) return 'close'
  return moved.x < 0 ? 'next' : 'previous'
}
