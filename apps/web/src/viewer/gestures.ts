// Pointer, wheel and double tap on the stage, turned into views and intentions. Works before the picture has loaded.
import { createSignal, onCleanup, onMount, type Accessor } from 'solid-js'
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
}

const tapPx = 8
const doubleTapMs = 300
const doubleTapScale = 2.5

export type Gestures = {
  readonly view: Accessor<View>
  /** How far a fitted picture is being dragged. */
  readonly drag: Accessor<Point>
  readonly isDragging: Accessor<boolean>
  readonly reset: () => void
  readonly toggleZoom: () => void
}

export function createGestures(targets: GestureTargets): Gestures {
  const [view, setView] = createSignal<View>(fitted)
  const [drag, setDrag] = createSignal<Point>({ x: 0, y: 0 })
  const [isDragging, setDragging] = createSignal(false)
  const pointers = new Map<number, Point>()
  let started = { at: { x: 0, y: 0 }, view: fitted, timeMs: 0, span: 0, wasPinch: false }
  let lastTapMs = 0

  const stageSize = (): Size => {
    const stage = targets.stage()
    return { width: stage?.clientWidth ?? 0, height: stage?.clientHeight ?? 0 }
  }
  const fromMiddle = (event: MouseEvent): Point => {
    const box = targets.stage()?.getBoundingClientRect() ?? new DOMRect()
    return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 }
  }
  const move = (next: View) => setView(clampView(next, targets.pictureSize(), stageSize()))
  const middleAndSpan = (): { at: Point; span: number } => {
    const [a, b] = [...pointers.values()]
    if (a === undefined) return { at: { x: 0, y: 0 }, span: 0 }
    if (b === undefined) return { at: a, span: 0 }
    return { at: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, span: Math.hypot(a.x - b.x, a.y - b.y) }
  }
  const begin = (timeMs: number, wasPinch: boolean) => {
    started = { ...middleAndSpan(), view: view(), timeMs, wasPinch }
  }
  const toggleAt = (point: Point) => move(view().scale > 1 ? fitted : zoomAbout(view(), doubleTapScale, point))

  const onDown = (event: PointerEvent) => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button'))) return
    targets.stage()?.setPointerCapture(event.pointerId)
    pointers.set(event.pointerId, fromMiddle(event))
    setDragging(true)
    begin(event.timeStamp, pointers.size > 1)
  }
  const onMove = (event: PointerEvent) => {
    if (!pointers.has(event.pointerId)) return
    pointers.set(event.pointerId, fromMiddle(event))
    const { at, span } = middleAndSpan()
    const moved = { x: at.x - started.at.x, y: at.y - started.at.y }
    if (pointers.size > 1 && started.span > 0) {
      const scaled = zoomAbout(started.view, started.view.scale * (span / started.span), started.at)
      move({ ...scaled, xPx: scaled.xPx + moved.x, yPx: scaled.yPx + moved.y })
    } else if (started.view.scale > 1) {
      move({ ...started.view, xPx: started.view.xPx + moved.x, yPx: started.view.yPx + moved.y })
    } else if (!started.wasPinch) {
      setDrag(Math.abs(moved.x) > Math.abs(moved.y) ? { x: moved.x, y: 0 } : { x: 0, y: Math.max(0, moved.y) })
    }
  }
  const onUp = (event: PointerEvent) => {
    const at = pointers.get(event.pointerId)
    if (at === undefined) return
    pointers.delete(event.pointerId)
    if (pointers.size > 0) return begin(event.timeStamp, true)
    setDragging(false)
    setDrag({ x: 0, y: 0 })
    if (started.wasPinch || event.type === 'pointercancel') return
    const moved = { x: at.x - started.at.x, y: at.y - started.at.y }
    if (Math.hypot(moved.x, moved.y) < tapPx) return tap(at, event)
    if (started.view.scale > 1) return
    const meaning = judgeRelease(moved, event.timeStamp - started.timeMs)
    if (meaning !== 'stay') targets.onRelease(meaning)
  }
  const tap = (at: Point, event: PointerEvent) => {
    const isDouble = event.timeStamp - lastTapMs < doubleTapMs
    lastTapMs = isDouble ? 0 : event.timeStamp
    const picture = targets.pictureSize()
    const isBeside = Math.abs(at.x) > picture.width / 2 || Math.abs(at.y) > picture.height / 2
    if (isDouble) toggleAt(at)
    else if (isBeside && view().scale === 1 && event.pointerType === 'mouse') targets.onTapBeside()
  }
  const onWheel = (event: WheelEvent) => {
    event.preventDefault()
    move(zoomAbout(view(), view().scale * Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0025)), fromMiddle(event)))
  }

  onMount(() => {
    const stop = new AbortController()
    const { signal } = stop
    const stage = targets.stage()
    stage?.addEventListener('pointerdown', onDown, { signal })
    stage?.addEventListener('pointermove', onMove, { signal })
    stage?.addEventListener('pointerup', onUp, { signal })
    stage?.addEventListener('pointercancel', onUp, { signal })
    stage?.addEventListener('wheel', onWheel, { signal, passive: false })
    onCleanup(() => stop.abort())
  })

  return { view, drag, isDragging, reset: () => setView(fitted), toggleZoom: () => toggleAt({ x: 0, y: 0 }) }
}
