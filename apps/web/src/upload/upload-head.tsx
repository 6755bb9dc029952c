// How all uploads of this visit stand, in one line: what is done, how fast, how long, what holds everything up.
import { Show, untrack, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { Icon } from '../ui/icon.tsx'
import { isOnline } from '../ui/online.ts'
import { screenWords } from '../words/screen-words.ts'
import { uploadWords } from '../words/upload-words.ts'
import { words } from '../words/words.ts'
import { groupNameOf, publicFeed } from './destination.ts'
import { createSpeed, type SpeedClock } from './upload-speed.ts'
import type { Totals } from './upload-store.ts'

export function UploadHead(props: { clock?: SpeedClock }): JSX.Element {
  const summary = createSummary()
  return (
    <div class="flex min-w-0 flex-1 items-center gap-3 py-2 pl-4">
      <Ring />
      <div class="min-w-0 flex-1">
        <h2 class="truncate font-semibold tabular-nums">{summary()}</h2>
        <Progress clock={props.clock} />
      </div>
    </div>
  )
}

/** The ends so far, by kind of end. */
const listEnds = (byState: Totals['byState']): string[] => [
  ...(byState.ready > 0 ? [uploadWords.addedCount(byState.ready)] : []),
  ...(byState.refused > 0 ? [uploadWords.refusedCount(byState.refused)] : []),
  ...(byState.failed > 0 ? [uploadWords.failedCount(byState.failed)] : []),
]

/** One sentence of where things stand, the same everywhere. */
export function createSummary(): () => string {
  const { uploads } = useShoebox()
  return () => {
    const { byState } = uploads.totals()
    if (uploads.isHeld()) return uploadWords.needSignIn
    if (uploads.activeCount() === 0) return listEnds(byState).join(' · ')
    const total = uploads.shown().length
    const wrong = listEnds({ ...byState, ready: 0 })
    return [uploadWords.progress(Math.max(0, total - uploads.activeCount()), total), ...wrong].join(' · ')
  }
}

const shareOf = ({ bytes, sentBytes }: Totals): number => (bytes === 0 ? 0 : sentBytes / bytes)

/** Sent share of all bytes as a ring; a check when nothing is left to do. */
export function Ring(): JSX.Element {
  const { uploads } = useShoebox()
  const circle = { cx: '10', cy: '10', r: '8' }
  return (
    <Show when={uploads.activeCount() > 0} fallback={<EndIcon />}>
      <svg
        viewBox="0 0 20 20"
        width="20"
        height="20"
        fill="none"
        stroke-width="3"
        aria-hidden="true"
        class="shrink-0 -rotate-90"
      >
        <circle {...circle} stroke="var(--line)" />
        <circle
          {...circle}
          stroke="var(--accent)"
          pathLength="100"
          stroke-dasharray={`${shareOf(uploads.totals()) * 100} 100`}
        />
      </svg>
    </Show>
  )
}

function EndIcon(): JSX.Element {
  const { uploads } = useShoebox()
  const isGood = () => uploads.totals().byState.ready > 0
  return (
    <Icon name={isGood() ? 'check' : 'warning'} size={20} class={`shrink-0 ${isGood() ? 'text-good' : 'text-bad'}`} />
  )
}

/** How far, how fast, how long; or what holds everything up. */
function Progress(props: { clock: SpeedClock | undefined }): JSX.Element {
  const { uploads } = useShoebox()
  const speed = createSpeed(
    () => uploads.totals().movedBytes,
    untrack(() => props.clock),
  )
  const text = () => {
    const upload = uploadWords
    const goesTo = () => upload.goesTo(groupNameOf(uploads.shown().at(-1)?.destination ?? publicFeed))
    if (uploads.isPreparing()) return words.upload.preparing
    if (uploads.hereCount() === 0 || uploads.isHeld()) return goesTo()
    if (uploads.isPaused()) return upload.paused
    if (!isOnline()) return uploads.isAllKept() ? upload.offlineKept : upload.offline
    const totals = uploads.totals()
    if (speed() < 1024) return uploads.isStruggling() ? upload.struggling : goesTo()
    const left = upload.left(screenWords.units.timeLeft((totals.bytes - totals.sentBytes) / speed()))
    return `${upload.percent(Math.floor(shareOf(totals) * 100))} · ${screenWords.units.speed(speed())} · ${left}`
  }
  return <p class="text-sm text-soft tabular-nums">{text()}</p>
}
