// Draws thumbhashes on small canvases that CSS stretches: no data: URL, so the security policy needs none. A screen of them
// at once would hold a frame up: they wait for each other.
import { thumbHashToRGBA } from 'thumbhash'

/** What of a frame may go to placeholders. Milliseconds. */
const budgetMs = 4

const waiting = new Map<HTMLCanvasElement, string>()
let frame = 0

/** Soon, if the canvas is still in the document then. */
export function paintThumbhash(canvas: HTMLCanvasElement, base64: string): void {
  waiting.set(canvas, base64)
  if (frame === 0) frame = requestAnimationFrame(paintSome)
}

function paintSome(): void {
  frame = 0
  const startedMs = performance.now()
  for (const [canvas, base64] of waiting) {
    if (performance.now() - startedMs > budgetMs) break
    waiting.delete(canvas)
    if (canvas.isConnected) paint(canvas, base64)
  }
  if (waiting.size > 0) frame = requestAnimationFrame(paintSome)
}

function paint(canvas: HTMLCanvasElement, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  const { w, h, rgba } = thumbHashToRGBA(bytes)
  canvas.width = w
  canvas.height = h
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(rgba), w, h), 0, 0)
}
