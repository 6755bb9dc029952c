// What a running slideshow is led with. Fades out while nobody touches anything; there for keys all the time.
import { For, Show, type JSX } from 'solid-js'
import { Drawing } from '../ui/first-icon.tsx'
import { Icon } from '../ui/icon.tsx'
import { viewerWords } from '../words/viewer-words.ts'
import { words as allWords } from '../words/words.ts'
import { drawings } from './player-drawings.ts'
import { slideSeconds } from './slide-seconds.ts'
import type { Slideshow } from './slideshow.ts'

const { slideshow: words } = viewerWords

export function SlideshowBar(props: {
  slideshow: Slideshow
  isIdle: boolean
  frame: HTMLElement | undefined
}): JSX.Element {
  const flipFullscreen = () => {
    const change = document.fullscreenElement === null ? props.frame?.requestFullscreen() : document.exitFullscreen()
    change?.catch(() => undefined)
  }
  return (
    <div
      class="pointer-events-none absolute inset-x-0 bottom-0 grid place-items-center bg-linear-to-t from-black/70 to-transparent px-3 pt-10 pb-[calc(16px+env(safe-area-inset-bottom))] transition-opacity has-focus-visible:opacity-100"
      classList={{ 'opacity-0': props.isIdle }}
      on:pointerdown={(event) => event.stopPropagation()}
    >
      <div
        role="group"
        aria-label={words.title}
        class="flex items-center gap-1 rounded-full bg-black/75 px-1.5 py-1 has-focus-visible:pointer-events-auto"
        classList={{ 'pointer-events-auto': !props.isIdle }}
      >
        <button
          type="button"
          class="button-icon hover:bg-white/15"
          aria-label={props.slideshow.isPaused() ? words.resume : words.pause}
          onClick={() => props.slideshow.togglePause()}
        >
          <Drawing path={props.slideshow.isPaused() ? drawings.play : drawings.pause} filled />
        </button>
        <fieldset class="flex">
          <legend class="sr-only">{words.seconds}</legend>
          <For each={slideSeconds}>
            {(seconds) => (
              <label class="grid h-11 min-w-12 cursor-pointer place-items-center rounded-full px-2 text-sm tabular-nums text-white/75 hover:bg-white/15 has-checked:bg-white has-checked:text-black has-focus-visible:outline-2 has-focus-visible:outline-[#f28a5b]">
                <input
                  type="radio"
                  name="slide-seconds"
                  class="sr-only"
                  checked={props.slideshow.seconds() === seconds}
                  onChange={() => props.slideshow.setSeconds(seconds)}
                />
                {words.each(seconds)}
              </label>
            )}
          </For>
        </fieldset>
        <Show when={document.fullscreenEnabled}>
          <button
            type="button"
            class="button-icon hover:bg-white/15"
            aria-label={words.fullScreen}
            onClick={flipFullscreen}
          >
            <Drawing path={drawings.fullScreen} />
          </button>
        </Show>
        <button
          type="button"
          class="button-icon hover:bg-white/15"
          aria-label={words.stop}
          title={allWords.close}
          onClick={() => props.slideshow.stop()}
        >
          <Icon name="close" />
        </button>
      </div>
    </div>
  )
}
