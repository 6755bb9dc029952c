// Which square of a picture becomes somebody's avatar: arithmetic only, in the picture's own pixels.

export type Size = { readonly width: number; readonly height: number }

/** The square's middle, and how much smaller it is than the largest that fits. */
export type Crop = { readonly x: number; readonly y: number; readonly zoom: number }

export const zoomMax = 4

/** The largest square, in the middle. */
export const startCrop = ({ width, height }: Size): Crop => ({ x: width / 2, y: height / 2, zoom: 1 })

export const sideOf = ({ width, height }: Size, { zoom }: Crop): number => Math.min(width, height) / zoom

const between = (min: number, value: number, max: number): number => Math.min(max, Math.max(min, value))

/** Brings a crop back to where all of it is picture. */
export function clampCrop(size: Size, crop: Crop): Crop {
  const zoom = between(1, crop.zoom, zoomMax)
  const half = sideOf(size, { ...crop, zoom }) / 2
  return { x: between(half, crop.x, size.width - half), y: between(half, crop.y, size.height - half), zoom }
}

/** Moves what is seen by a share of the square's side: the picture follows the finger, so the crop goes the other way. */
export function dragCrop(size: Size, crop: Crop, byX: number, byY: number): Crop {
  const side = sideOf(size, crop)
  return clampCrop(size, { ...crop, x: crop.x - byX * side, y: crop.y - byY * side })
}

export const zoomCrop = (size: Size, crop: Crop, zoom: number): Crop => clampCrop(size, { ...crop, zoom })

/** Draws the crop so that it fills a square canvas. */
export function drawCrop(canvas: HTMLCanvasElement, picture: ImageBitmap, crop: Crop): void {
  const side = sideOf(picture, crop)
  const context = canvas.getContext('2d')
  if (context === null) return
  context.imageSmoothingQuality = 'high'
  // A see-through picture becomes a JPEG, which would turn what is missing black.
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(picture, crop.x - side / 2, crop.y - side / 2, side, side, 0, 0, canvas.width, canvas.height)
}
