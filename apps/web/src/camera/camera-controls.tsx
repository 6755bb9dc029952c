import { Show, type JSX } from 'solid-js'
import { Drawing } from '../ui/first-icon.tsx'
import type { Destination } from '../upload/destination.ts'
import { cameraWords as words } from '../words/camera-words.ts'
import { words as allWords } from '../words/words.ts'
import { drawings } from './camera-drawings.ts'
import type { Camera } from './camera.ts'
import type { Dial } from './dial.ts'
import type { Mode, Shooting } from './shooting.ts'
import { ShotProgress } from './shot-progress.tsx'

type Parts = { camera: Camera; shooting: Shooting }

/** Exposure and zoom, what to take, the shutter, and what became of the shots so far. */
export function CameraControls(props: Parts & { place: Destination | null }): JSX.Element {
  return (
    <div class="flex shrink-0 flex-col items-center gap-2 px-4 pt-2 pb-[max(16px,env(safe-area-inset-bottom))] [@media(orientation:landscape)_and_(max-height:520px)]:w-44 [@media(orientation:landscape)_and_(max-height:520px)]:justify-center-safe [@media(orientation:landscape)_and_(max-height:520px)]:overflow-y-auto">
      <Slider
        dial={props.camera.exposure}
        drawing={drawings.exposure}
        name={words.exposure}
        say={words.exposureValue}
      />
      <Slider dial={props.camera.zoom} drawing={drawings.zoom} name={words.zoom} say={words.zoomValue} />
      <Show when={props.shooting.isRecording()} fallback={<Modes shooting={props.shooting} />}>
        <p role="timer" aria-label={words.recorded} class="flex min-h-11 items-center gap-2 font-medium tabular-nums">
          <span class="pulse size-2.5 rounded-full bg-[#ff4d3d]" />
          {allWords.units.runningTime(Math.max(1, props.shooting.recordedSeconds()) * 1000)}
        </p>
      </Show>
      <div class="grid w-full max-w-100 grid-cols-[1fr_auto_1fr] items-center gap-4 [@media(orientation:landscape)_and_(max-height:520px)]:grid-cols-1 [@media(orientation:landscape)_and_(max-height:520px)]:gap-2 [@media(orientation:landscape)_and_(max-height:520px)]:justify-items-center">
        <ShotProgress shots={props.shooting.shots()} place={props.place} />
        <Shutter shooting={props.shooting} />
        <span class="justify-self-end">
          <Show when={props.camera.canFlip()}>
            <button
              type="button"
              class="button-icon size-13 bg-white/10 disabled:opacity-40"
              aria-label={words.flip}
              disabled={props.shooting.isRecording()}
              onClick={() => void props.camera.flip()}
            >
              <Drawing path={drawings.flip} size={26} />
            </button>
          </Show>
        </span>
      </div>
    </div>
  )
}

type SliderProps = { dial: Dial; drawing: string; name: string; say: (value: number) => string }

function Slider(props: SliderProps): JSX.Element {
  return (
    <Show when={props.dial.range()}>
      {(range) => (
        <label class="flex min-h-11 w-full max-w-80 items-center gap-2">
          <Drawing path={props.drawing} size={20} class="shrink-0 text-white/75" />
          <span class="sr-only">{props.name}</span>
          <input
            type="range"
            min={range().min}
            max={range().max}
            step={range().step || 0.1}
            value={props.dial.value()}
            aria-valuetext={props.say(props.dial.value())}
            class="min-w-0 flex-1 accent-white"
            onInput={(event) => void props.dial.set(event.currentTarget.valueAsNumber)}
          />
          <span class="w-9 shrink-0 text-right text-sm tabular-nums" aria-hidden="true">
            {props.say(props.dial.value())}
          </span>
        </label>
      )}
    </Show>
  )
}

function Modes(props: { shooting: Shooting }): JSX.Element {
  const choice = (mode: Mode) => (
    <button
      type="button"
      role="radio"
      aria-checked={props.shooting.mode() === mode}
      tabindex={props.shooting.mode() === mode ? 0 : -1}
      class="min-h-11 rounded-full px-4 text-sm font-medium text-white/75 transition-colors aria-checked:bg-white/16 aria-checked:text-white"
      onClick={() => void props.shooting.choose(mode)}
    >
      {words.modes[mode]}
    </button>
  )
  return (
    <div
      role="radiogroup"
      aria-label={words.mode}
      class="flex"
      onKeyDown={(event) => {
        if (!event.key.startsWith('Arrow')) return
        event.preventDefault()
        void props.shooting.choose(props.shooting.mode() === 'photo' ? 'video' : 'photo')
        event.currentTarget.querySelector<HTMLElement>('[aria-checked=true]')?.focus()
      }}
    >
      {choice('photo')}
      {choice('video')}
    </div>
  )
}

function Shutter(props: { shooting: Shooting }): JSX.Element {
  const name = () => {
    if (props.shooting.isRecording()) return words.stopClip
    if (props.shooting.countdown() !== null) return words.cancelTimer
    return props.shooting.mode() === 'photo' ? words.takePhoto : words.startClip
  }
  return (
    <button
      type="button"
      aria-label={name()}
      disabled={props.shooting.problem() === 'cannotRecord'}
      class="grid size-19 place-items-center rounded-full border-4 border-white transition-opacity hover:opacity-90 disabled:opacity-40"
      onClick={() => props.shooting.press()}
    >
      <span
        class="transition-all"
        classList={{
          'size-15 rounded-full': !props.shooting.isRecording(),
          'size-7 rounded-[6px]': props.shooting.isRecording(),
          'bg-white': props.shooting.mode() === 'photo',
          'bg-[#ff4d3d]': props.shooting.mode() === 'video',
          'opacity-40': props.shooting.isBusy(),
        }}
      />
    </button>
  )
}
