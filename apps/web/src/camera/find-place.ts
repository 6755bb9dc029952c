import type { Place } from './camera.ts'

type Preview = {
  readonly box: DOMRect
  readonly picture: { readonly widthPx: number; readonly heightPx: number }
  readonly isMirrored: boolean
}

/** Where in the camera's picture a point of the screen lies; null beside it. The preview shows the whole picture. */
export function findPlace(clientX: number, clientY: number, { box, picture, isMirrored }: Preview): Place | null {
  const scale = Math.min(box.width / picture.widthPx, box.height / picture.heightPx)
  const x = (clientX - box.left - box.width / 2) / (picture.widthPx * scale) + 0.5
  const y = (clientY - box.top - box.height / 2) / (picture.heightPx * scale) + 0.5
  // Without a picture neither is a number.
  const isInside = x >= 0 && x <= 1 && y >= 0 && y <= 1
  return isInside ? { x: isMirrored ? 1 - x : x, y } : null
}
