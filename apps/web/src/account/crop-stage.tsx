// The square through which a picture is seen while it is cut: dragged, pinched, turned by the wheel, or moved by keys.
import { createEffect, createSignal, type JSX } from 'solid-js'
import { accountWords } from '../words/account-words.ts'
import { dragCrop, drawCrop, zoomCrop, zoomMax, type Crop } from './square-crop.ts'

/** Sharp on a phone's screen. */
const canvasPx = 640
const keyStep = 0.05
const zoomStep = 0.1

type CropStageProps = { picture: ImageBitmap; crop: Crop; onCrop: (crop: Crop) => void }

export function CropStage(props: CropStageProps): JSX.Element {
  const [canvas, setCanvas] = createSignal<HTMLCanvasElement>()
  createEffect(() => {
    const element = canvas()
    if (element !== undefined) drawCrop(element, props.picture, props.crop)
  })
  const drag = (x: number, y: number) => props.onCrop(dragCrop(props.picture, props.crop, x, y))
  const zoom = (to: number) => props.onCrop(zoomCrop(props.picture, props.crop, to))
  const pointers = createPointers({ drag, zoomBy: (ratio) => zoom(props.crop.zoom * ratio) })

  const keys: Record<string, () => void> = {
    ArrowLeft: () => drag(keyStep, 0),
    ArrowRight: () => drag(-keyStep, 0),
    ArrowUp: () => drag(0, keyStep),
    ArrowDown: () => drag(0, -keyStep),
    '+': () => zoom(props.crop.zoom + zoomStep),
    '-': () => zoom(props.crop.zoom - zoomStep),
  }
  const onKey = (event: KeyboardEvent) => {
    const act = keys[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }

  return (
    <div class="flex flex-col gap-3">
      <div
        role="application"
        tabindex="0"
        aria-label={accountWords.avatar.stage}
        aria-describedby="crop-keys"
        class="relative mx-auto aspect-square w-full max-w-80 cursor-grab touch-none overflow-hidden rounded-box active:cursor-grabbing"
        onKeyDown={onKey}
        onWheel={(event) => {
          event.preventDefault()
          zoom(props.crop.zoom - Math.sign(event.deltaY) * zoomStep)
        }}
        onPointerDown={pointers.onDown}
        onPointerMove={pointers.onMove}
        onPointerUp={pointers.onUp}
        onPointerCancel={pointers.onUp}
      >
        <canvas ref={setCanvas} width={canvasPx} height={canvasPx} class="size-full" />
        {/* What stays outside the circle in which people see it. */}
        <div class="pointer-events-none absolute inset-0 rounded-full ring-[999px] ring-black/50" />
      </div>
      <label class="mx-auto flex min-h-11 w-full max-w-80 items-center gap-3">
        <span>{accountWords.avatar.zoom}</span>
        <input
          type="range"
          class="flex-1"
          min="1"
          max={zoomMax}
          step="0.01"
          value={props.crop.zoom}
          onInput={(event) => zoom(event.currentTarget.valueAsNumber)}
        />
      </label>
      <p id="crop-keys" class="text-center text-sm text-soft">
        {accountWords.avatar.hint}
      </p>
    </div>
  )
}

/** One finger or the mouse moves, two fingers zoom. Distances are shares of the stage's side. */
function createPointers(on: { drag: (x: number, y: number) => void; zoomBy: (ratio: number) => void }) {
  type Stage = { readonly currentTarget: HTMLElement }
  const at = new Map<number, { x: number; y: number }>()
  const spread = () => {
    const [one, two] = [...at.values()]
    return one === undefined || two === undefined ? null : Math.hypot(one.x - two.x, one.y - two.y)
  }
  return {
    onDown(event: PointerEvent & Stage): void {
      event.currentTarget.setPointerCapture(event.pointerId)
      at.set(event.pointerId, { x: event.clientX, y: event.clientY })
    },
    onMove(event: PointerEvent & Stage): void {
      const former = at.get(event.pointerId)
      if (former === undefined) return
      const spreadBefore = spread()
      at.set(event.pointerId, { x: event.clientX, y: event.clientY })
      const side = event.currentTarget.clientWidth
      const spreadNow = spread()
      if (spreadBefore !== null && spreadNow !== null && spreadBefore > 0) on.zoomBy(spreadNow / spreadBefore)
      else on.drag((event.clientX - former.x) / side, (event.clientY - former.y) / side)
    },
    onUp(event: PointerEvent): void {
      at.delete(event.pointerId)
    },
  }
}
