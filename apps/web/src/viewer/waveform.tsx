// Where a sound stands, as a slider: its waveform where it is known, else a plain bar. Seeks by pointer and by keys.
import { createMemo, Show, type JSX } from 'solid-js'
import { peakMax } from '@shoebox/shared/media/timed-limits.ts'
import { viewerWords as words } from '../words/viewer-words.ts'
import { stepSeconds, type Playback } from './playback.ts'

/** Of one bar, in units of the drawing: its share of the width and the height of silence. */
const [pitch, barWidth, heightMin, height] = [4, 2.6, 2, 100]

/** Bars around the middle, the loudest as high as the drawing whatever the recording's level. */
export function drawPeaks(peaks: readonly number[]): string {
  const loudest = Math.max(1, ...peaks.map((peak) => Math.min(peak, peakMax)))
  return peaks
    .map((peak, n) => {
      const tall = Math.max(heightMin, (Math.min(peak, peakMax) / loudest) * height)
      return `M${n * pitch} ${((height - tall) / 2).toFixed(1)}h${barWidth}v${tall.toFixed(1)}h-${barWidth}z`
    })
    .join('')
}

export function Waveform(props: { playback: Playback; peaks: readonly number[] | null }): JSX.Element {
  const atSeconds = () => props.playback.atSeconds()
  const lengthSeconds = () => props.playback.lengthSeconds()
  const share = () => (lengthSeconds() === 0 ? 0 : Math.min(1, atSeconds() / lengthSeconds()))
  const shape = createMemo(() => (props.peaks === null ? null : drawPeaks(props.peaks)))

  const seekTo = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect()
    props.playback.seek(((event.clientX - box.left) / box.width) * lengthSeconds())
  }
  const onKey = (event: KeyboardEvent) => {
    const stride = Math.max(stepSeconds, lengthSeconds() / 10)
    const moves: Record<string, () => void> = {
      ArrowLeft: () => props.playback.seekBy(-stepSeconds),
      ArrowDown: () => props.playback.seekBy(-stepSeconds),
      ArrowRight: () => props.playback.seekBy(stepSeconds),
      ArrowUp: () => props.playback.seekBy(stepSeconds),
      PageDown: () => props.playback.seekBy(-stride),
      PageUp: () => props.playback.seekBy(stride),
      Home: () => props.playback.seek(0),
      End: () => props.playback.seek(lengthSeconds()),
    }
    const move = moves[event.key]
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    // Not for the viewer, whose arrows lead to the next item.
    event.stopPropagation()
    move()
  }

  return (
    <div
      role="slider"
      tabindex="0"
      aria-label={words.player.position}
      aria-valuemin="0"
      aria-valuemax={Math.round(lengthSeconds())}
      aria-valuenow={Math.round(atSeconds())}
      aria-valuetext={words.player.at(words.clock(atSeconds()), words.clock(lengthSeconds()))}
      class="relative w-full cursor-pointer touch-none rounded-box"
      classList={{ 'h-24': shape() !== null, 'h-11': shape() === null }}
      on:keydown={onKey}
      on:pointerdown={(event) => {
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        seekTo(event)
      }}
      on:pointermove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seekTo(event)
      }}
    >
      <Show when={shape()} fallback={<PlainBar share={share()} />}>
        {(path) => (
          <>
            <Bars path={path()} count={props.peaks?.length ?? 0} class="text-white/35" />
            <Bars
              path={path()}
              count={props.peaks?.length ?? 0}
              class="text-[#f28a5b]"
              clip={`inset(0 ${(1 - share()) * 100}% 0 0)`}
            />
          </>
        )}
      </Show>
    </div>
  )
}

function Bars(props: { path: string; count: number; class: string; clip?: string }): JSX.Element {
  return (
    <svg
      viewBox={`0 0 ${props.count * pitch} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      class={`absolute inset-0 size-full ${props.class}`}
      style={props.clip === undefined ? {} : { 'clip-path': props.clip }}
    >
      <path d={props.path} fill="currentColor" />
    </svg>
  )
}

function PlainBar(props: { share: number }): JSX.Element {
  return (
    <span class="absolute inset-x-0 top-1/2 h-1.5 -translate-y-1/2 overflow-hidden rounded-full bg-white/35">
      <span class="block h-full bg-[#f28a5b]" style={{ width: `${props.share * 100}%` }} />
    </span>
  )
}
