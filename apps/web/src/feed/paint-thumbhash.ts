// Draws a thumbhash on a small canvas that CSS stretches: no data: URL, so the security policy needs none.
import { thumbHashToRGBA } from 'thumbhash'

export function paintThumbhash(canvas: HTMLCanvasElement, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  const { w, h, rgba } = thumbHashToRGBA(bytes)
  canvas.width = w
  canvas.height = h
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(rgba), w, h), 0, 0)
}
