import { Show, type JSX } from 'solid-js'
import { Drawing } from '../ui/first-icon.tsx'
import { Icon } from '../ui/icon.tsx'
import { groupNameOf, type Destination } from '../upload/destination.ts'
import { cameraWords as words } from '../words/camera-words.ts'
import { drawings } from './camera-drawings.ts'
import type { Camera } from './camera.ts'
import type { Shooting } from './shooting.ts'

/** Leaving, where it goes, and what is set before a shot. */
export function CameraBar(props: {
  camera: Camera
  shooting: Shooting
  place: Destination | null
  onClose: () => void
}): JSX.Element {
  const groupName = () => props.place && groupNameOf(props.place)
  const isFree = () =>
    props.camera.state() === 'live' && !props.shooting.isRecording() && props.shooting.countdown() === null
  return (
    <header class="flex shrink-0 items-center gap-1 px-2 py-1 pt-[max(4px,env(safe-area-inset-top))] [@media(orientation:landscape)_and_(max-height:520px)]:w-16 [@media(orientation:landscape)_and_(max-height:520px)]:flex-col [@media(orientation:landscape)_and_(max-height:520px)]:py-3">
      <button type="button" class="button-icon" aria-label={words.close} onClick={() => props.onClose()}>
        <Icon name="close" />
      </button>
      <h1 class="sr-only">{words.title}</h1>
      <p class="min-w-0 flex-1 truncate text-center text-sm text-white/75 [@media(orientation:landscape)_and_(max-height:520px)]:[writing-mode:vertical-rl]">
        <Show when={groupName()} fallback={words.destination}>
          {(name) => words.toGroup(name())}
        </Show>
      </p>
      <Show when={props.camera.hasTorch()}>
        <button
          type="button"
          class="button-icon"
          classList={{ 'text-[#ffd479]': props.camera.isLit() }}
          aria-label={words.torch}
          aria-pressed={props.camera.isLit()}
          onClick={() => void props.camera.setTorch(!props.camera.isLit())}
        >
          <Drawing path={drawings.torch} filled={props.camera.isLit()} />
        </button>
      </Show>
      <button
        type="button"
        class="button-icon relative disabled:opacity-40"
        aria-label={words.timers[props.shooting.timer()]}
        disabled={!isFree()}
        onClick={() => props.shooting.nextTimer()}
      >
        <Drawing path={drawings.timer} />
        <Show when={props.shooting.timer()}>
          {(seconds) => (
            <span
              aria-hidden="true"
              class="absolute top-1 right-0.5 min-w-4.5 rounded-full bg-white px-1 text-center text-[11px] leading-4.5 font-semibold text-black"
            >
              {seconds()}
            </span>
          )}
        </Show>
      </button>
    </header>
  )
}
