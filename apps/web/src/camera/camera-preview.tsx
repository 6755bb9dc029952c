// What the camera sees. Two fingers zoom it; a tap focuses where the camera can be told to, and a ring says where.
import { createEffect, createSignal, onCleanup, Show, untrack, type JSX } from 'solid-js'
import { cameraWords as words } from '../words/camera-words.ts'
import type { Camera } from './camera.ts'
import { findPlace } from './find-place.ts'
import { watchPinch } from './watch-pinch.ts'
import { watchTap } from './watch-tap.ts'

const ringMs = 1000

export function CameraPreview(props: { camera: Camera; videoRef: (video: HTMLVideoElement) => void }): JSX.Element {
  /** From the left and the top of the preview. Pixels. */
  const [ring, setRing] = createSignal<{ readonly x: number; readonly y: number } | null>(null)
  // One for the life of this component.
  const camera = untrack(() => props.camera)
  const isLive = () => camera.state() === 'live'
  createEffect(() => {
    if (ring() === null) return
    // Also where nothing moves, and no end of an animation is told.
    const ending = setTimeout(() => setRing(null), ringMs)
    onCleanup(() => clearTimeout(ending))
  })

  const focusAt = (video: HTMLVideoElement, { clientX, clientY }: PointerEvent) => {
    const box = video.getBoundingClientRect()
    const picture = { widthPx: video.videoWidth, heightPx: video.videoHeight }
    const place = findPlace(clientX, clientY, { box, picture, isMirrored: camera.isMirrored() })
    if (place === null || !isLive() || !camera.canFocus()) return
    setRing({ x: clientX - box.left, y: clientY - box.top })
    void camera.focusOn(place)
  }
  const adopt = (video: HTMLVideoElement) => {
    props.videoRef(video)
    createEffect(() => (video.srcObject = camera.stream()))
    const { zoom } = camera
    let zoomBefore = 1
    watchPinch(
      video,
      () => (zoomBefore = zoom.value()),
      (scale) => void zoom.set(zoomBefore * scale),
    )
    watchTap(video, (event) => focusAt(video, event))
  }

  return (
    <>
      <video
        ref={(element) => adopt(element)}
        autoplay
        muted
        playsinline
        aria-label={words.preview}
        class="absolute inset-0 size-full touch-none object-contain"
        classList={{ '-scale-x-100': isLive() && camera.isMirrored(), invisible: !isLive() }}
      />
      <Show when={ring()} keyed>
        {(at) => (
          <span
            data-focus
            class="pointer-events-none absolute size-18 -translate-1/2 animate-[fade_300ms_ease-in_700ms_reverse_both] rounded-full border-2 border-white shadow-[0_0_3px_rgb(0_0_0/0.8),inset_0_0_3px_rgb(0_0_0/0.8)]"
            style={{ left: `${at.x}px`, top: `${at.y}px` }}
          />
        )}
      </Show>
    </>
  )
}
