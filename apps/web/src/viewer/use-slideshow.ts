// The slideshow of the opened item: started from its bar or a key, led through the viewer's own steps, told of in a few
// words instead of every picture's name.
import { createEffect, createSignal, on, onCleanup, onMount, type Accessor } from 'solid-js'
import type { ChosenSlides } from '../gallery/chosen-slides.ts'
import { showToast } from '../ui/toasts.tsx'
import { viewerWords } from '../words/viewer-words.ts'
import { crossFade } from './cross-fade.ts'
import type { Playback } from './playback.ts'
import { createSlideshow } from './slideshow.ts'
import type { Viewing } from './viewing.ts'

const { slideshow: words } = viewerWords

export type SlideshowFrame = {
  readonly playback: Accessor<Playback | undefined>
  /** What fills the screen: a dialog itself may not. */
  readonly frame: () => HTMLElement | undefined
  readonly onStart: () => void
  /** Only these, where they are why the viewer was opened. */
  readonly slides: ChosenSlides | undefined
}

export function useSlideshow(viewing: Viewing, { playback, frame, onStart, slides }: SlideshowFrame) {
  const [said, say] = createSignal('')
  let settle: (() => void) | undefined
  const slideshow = createSlideshow({
    item: viewing.item,
    playback,
    neighbour: viewing.neighbour,
    whenDecoded: viewing.whenDecoded,
    step: (by) => {
      const whenShown = () => new Promise<void>((resolve) => (settle = resolve))
      crossFade(() => viewing.step(by), whenShown)
    },
    after: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    onEnd: () => showToast(words.end),
  })
  onMount(() => slides?.isOn() === true && slideshow.start())
  onCleanup(() => slides?.end())
  createEffect(on(slideshow.shownId, () => settle?.()))
  createEffect(
    on(slideshow.isOn, (isOn, wasOn) => {
      if (!isOn) {
        say('')
        if (wasOn === true) slides?.end()
        // What filled the screen may be gone with the viewer.
        if (document.fullscreenElement !== null) document.exitFullscreen().catch(() => undefined)
        return
      }
      say(words.started(slideshow.seconds()))
      if (document.fullscreenEnabled)
        frame()
          ?.requestFullscreen()
          .catch(() => undefined)
      onStart()
    }),
  )
  createEffect(
    on(slideshow.isPaused, (isPaused) => slideshow.isOn() && say(isPaused ? words.paused : words.resumed), {
      defer: true,
    }),
  )
  return { slideshow, said }
}
