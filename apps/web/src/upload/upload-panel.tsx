// The panel of this visit's uploads: over every screen, collapsible to a pill.
import { A } from '@solidjs/router'
import { createSignal, Show, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { Icon } from '../ui/icon.tsx'
import { isOnline } from '../ui/online.ts'
import { words } from '../words/words.ts'
import { GroupList } from './group-list.tsx'
import { keepAwakeWhile } from './keep-awake.ts'
import { UploadActions } from './upload-actions.tsx'
import { createSpeed } from './upload-speed.ts'
import type { Totals } from './upload-store.ts'

/** The open panel, or the pill it collapses to. */
export function UploadPanel(): JSX.Element {
  const { uploads } = useShoebox()
  keepAwakeWhile(() => uploads.hereCount() > 0 && !uploads.isHeld() && !uploads.isPaused())
  return (
    <Show when={uploads.isExpanded()} fallback={<Pill />}>
      <Panel />
    </Show>
  )
}

/** The ends so far, by kind of end. */
const listEnds = (byState: Totals['byState']): string[] => [
  ...(byState.ready > 0 ? [words.upload.addedCount(byState.ready)] : []),
  ...(byState.refused > 0 ? [words.upload.refusedCount(byState.refused)] : []),
  ...(byState.failed > 0 ? [words.upload.failedCount(byState.failed)] : []),
]

/** One sentence of where things stand, the same in panel and pill. */
function createSummary(): () => string {
  const { uploads } = useShoebox()
  return () => {
    const { byState } = uploads.totals()
    if (uploads.isHeld()) return words.upload.needSignIn
    if (uploads.activeCount() === 0) return listEnds(byState).join(' · ')
    const total = uploads.shown().length
    const wrong = listEnds({ ...byState, ready: 0 })
    return [words.upload.progress(Math.max(0, total - uploads.activeCount()), total), ...wrong].join(' · ')
  }
}

function Pill(): JSX.Element {
  const { uploads } = useShoebox()
  const summary = createSummary()
  return (
    <button
      type="button"
      class="rise button button-quiet fixed right-4 bottom-[calc(80px+env(safe-area-inset-bottom))] z-20 max-w-[calc(100vw-32px)] rounded-full wide:bottom-6"
      aria-label={`${words.upload.expand}: ${summary()}`}
      onClick={() => uploads.setExpanded(true)}
    >
      <Ring />
      <span class="truncate tabular-nums">{summary()}</span>
    </button>
  )
}

const shareOf = ({ bytes, sentBytes }: Totals): number => (bytes === 0 ? 0 : sentBytes / bytes)

/** Sent share of all bytes as a ring; a check when nothing is left to do. */
function Ring(): JSX.Element {
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

function Panel(): JSX.Element {
  const { uploads } = useShoebox()
  const summary = createSummary()
  const [scroller, setScroller] = createSignal<HTMLElement>()

  return (
    <section
      aria-label={words.upload.panel}
      class="rise fixed inset-x-2 bottom-[calc(72px+env(safe-area-inset-bottom))] z-20 flex max-h-[min(60dvh,520px)] flex-col overflow-hidden rounded-box border border-line bg-raised wide:inset-x-auto wide:right-6 wide:bottom-6 wide:w-100"
    >
      <header class="flex items-center gap-3 border-b border-line py-1 pr-1 pl-4">
        <Ring />
        <div class="min-w-0 flex-1 py-1">
          <h2 class="truncate font-semibold tabular-nums">{summary()}</h2>
          <Progress />
        </div>
        <button
          type="button"
          class="button-icon"
          aria-label={words.upload.collapse}
          onClick={() => uploads.setExpanded(false)}
        >
          <Icon name="down" />
        </button>
        <Show when={uploads.activeCount() === 0}>
          <button type="button" class="button-icon" aria-label={words.upload.clear} onClick={() => uploads.clear()}>
            <Icon name="close" />
          </button>
        </Show>
      </header>
      {/* Focusable, so that a keyboard can scroll it also when no row has a button. */}
      <div
        ref={setScroller}
        class="overflow-y-auto overscroll-contain"
        tabindex="0"
        role="group"
        aria-label={words.upload.panel}
      >
        <Show when={scroller()}>{(element) => <GroupList scroller={element()} level="h3" />}</Show>
      </div>
      <UploadActions>
        <A class="link ml-auto inline-flex min-h-11 items-center" href="/you/uploads">
          {words.history.title}
        </A>
      </UploadActions>
    </section>
  )
}

/** How far, how fast, how long; or what holds everything up. */
function Progress(): JSX.Element {
  const { uploads } = useShoebox()
  const speed = createSpeed(() => uploads.totals().sentBytes)
  const text = () => {
    const { upload, units } = words
    if (uploads.isPreparing()) return upload.preparing
    if (uploads.hereCount() === 0 || uploads.isHeld()) return upload.public
    if (uploads.isPaused()) return upload.paused
    if (!isOnline()) return upload.offline
    const totals = uploads.totals()
    if (speed() < 1024) return uploads.isStruggling() ? upload.struggling : upload.public
    const left = upload.left(units.timeLeft((totals.bytes - totals.sentBytes) / speed()))
    return `${upload.percent(Math.floor(shareOf(totals) * 100))} · ${units.speed(speed())} · ${left}`
  }
  return <p class="truncate text-sm text-soft tabular-nums">{text()}</p>
}
