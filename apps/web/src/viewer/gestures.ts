// Pointer, wheel and double tap on the stage, turned into views and intentions. Works before the picture has loaded.
import { createSignal, onCleanup, onMount } from 'solid-js'
import {
  clampView,
  fitted,
  judgeRelease,
  zoomAbout,
  type Point,
  type Release,
  type Size,
  type View,
} from './zoom-math.ts'

export type GestureTargets = {
  readonly stage: () => HTMLElement | undefined
  readonly pictureSize: () => Size
  readonly onRelease: (meaning: Exclude<Release, 'stay'>) => void
  readonly onTapBeside: () => void
  /** A finger tapped the picture, and no second tap followed. */
  readonly onTap: () => void
}

const tapPx = 8
const doubleTapMs = 300
const doubleTapScale = 2
const closedPx = 400
const still: Point = { x: 0, y: 0 }

/** Made while the viewer is set up: it listens from the mount of its stage to its end. */
export class Gestures {
  readonly #targets: GestureTargets
  readonly #view = createSignal<View>(fitted)
  readonly #drag = createSignal<Point>(still)
  readonly #isDragging = createSignal(false)
  readonly #pointers = new Map<number, Point>()
  #started = { at: still, view: fitted, timeMs: 0, span: 0, wasPinch: false }
  #lastTapMs = 0
  #single: ReturnType<typeof setTimeout> | undefined

  constructor(targets: GestureTargets) {
    this.#targets = targets
    onMount(() => {
      const stop = new AbortController()
      const { signal } = stop
      const stage = targets.stage()
      stage?.addEventListener('pointerdown', (event) => this.#onDown(event), { signal })
      stage?.addEventListener('pointermove', (event) => this.#onMove(event), { signal })
      stage?.addEventListener('pointerup', (event) => this.#onUp(event), { signal })
      stage?.addEventListener('pointercancel', (event) => this.#onUp(event), { signal })
      stage?.addEventListener('wheel', (event) => this.#onWheel(event), { signal, passive: false })
      onCleanup(() => {
        stop.abort()
        clearTimeout(this.#single)
      })
    })
  }

  readonly view = () => this.#view[0]()
  /** How far a fitted picture is being dragged. */
  readonly drag = () => this.#drag[0]()
  /** How far it is on the way down to being closed, 0 to 1. */
  readonly dragShare = () => Math.min(1, this.drag().y / closedPx)
  readonly isDragging = () => this.#isDragging[0]()
  readonly reset = () => void this.#view[1](fitted)
  readonly toggleZoom = () => this.#toggleAt(still)

  #move(next: View) {
    const stage = this.#targets.stage()
    const room = { width: stage?.clientWidth ?? 0, height: stage?.clientHeight ?? 0 }
    this.#view[1](clampView(next, this.#targets.pictureSize(), room))
  }

  #toggleAt(point: Point) {
    this.#move(this.view().scale > 1 ? fitted : zoomAbout(this.view(), doubleTapScale, point))
  }

  #fromMiddle(event: MouseEvent): Point {
    const box = this.#targets.stage()?.getBoundingClientRect() ?? new DOMRect()
    return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 }
  }

  /** The middle of the fingers, and how far apart two of them are. */
  #fingers(): { at: Point; span: number } {
    const [a = still, b] = this.#pointers.values()
    if (b === undefined) return { at: a, span: 0 }
    return { at: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, span: Math.hypot(a.x - b.x, a.y - b.y) }
  }

  #begin(timeMs: number, wasPinch: boolean) {
    this.#started = { ...this.#fingers(), view: this.view(), timeMs, wasPinch }
  }

  #onDown(event: PointerEvent) {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest('a, button'))) return
    this.#targets.stage()?.setPointerCapture(event.pointerId)
    this.#pointers.set(event.pointerId, this.#fromMiddle(event))
    this.#isDragging[1](true)
    this.#begin(event.timeStamp, this.#pointers.size > 1)
  }

  #onMove(event: PointerEvent) {
    if (!this.#pointers.has(event.pointerId)) return
    this.#pointers.set(event.pointerId, this.#fromMiddle(event))
    const { at, span } = this.#fingers()
    const { view, at: from, span: spanBefore, wasPinch } = this.#started
    const moved = { x: at.x - from.x, y: at.y - from.y }
    if (this.#pointers.size > 1 && spanBefore > 0) {
      const scaled = zoomAbout(view, view.scale * (span / spanBefore), from)
      this.#move({ ...scaled, xPx: scaled.xPx + moved.x, yPx: scaled.yPx + moved.y })
    } else if (view.scale > 1) {
      this.#move({ ...view, xPx: view.xPx + moved.x, yPx: view.yPx + moved.y })
    } else if (!wasPinch) {
      const isHorizontal = Math.abs(moved.x) > Math.abs(moved.y)
      this.#drag[1](isHorizontal ? { x: moved.x, y: 0 } : { x: 0, y: Math.max(0, moved.y) })
    }
  }

  #onUp(event: PointerEvent) {
    const at = this.#pointers.get(event.pointerId)
    if (at === undefined) return
    this.#pointers.delete(event.pointerId)
    if (this.#pointers.size > 0) return this.#begin(event.timeStamp, true)
    this.#isDragging[1](false)
    this.#drag[1](still)
    const { at: from, view, timeMs, wasPinch } = this.#started
    if (wasPinch || event.type === 'pointercancel') return
    const moved = { x: at.x - from.x, y: at.y - from.y }
    if (Math.hypot(moved.x, moved.y) < tapPx) return this.#tap(at, event)
    if (view.scale > 1) return
    const meaning = judgeRelease(moved, event.timeStamp - timeMs)
    if (meaning !== 'stay') this.#targets.onRelease(meaning)
  }

  #tap(at: Point, event: PointerEvent) {
    const isDouble = event.timeStamp - this.#lastTapMs < doubleTapMs
    this.#lastTapMs = isDouble ? 0 : event.timeStamp
    const picture = this.#targets.pictureSize()
    const isBeside = Math.abs(at.x) > picture.width / 2 || Math.abs(at.y) > picture.height / 2
    clearTimeout(this.#single)
    if (isDouble) this.#toggleAt(at)
    else if (event.pointerType !== 'mouse') this.#single = setTimeout(() => this.#targets.onTap(), doubleTapMs)
    else if (isBeside && this.view().scale === 1) this.#targets.onTapBeside()
  }

  #onWheel(event: WheelEvent) {
    event.preventDefault()
    const factor = Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0025))
    this.#move(zoomAbout(this.view(), this.view().scale * factor, this.#fromMiddle(event)))
  }
}
