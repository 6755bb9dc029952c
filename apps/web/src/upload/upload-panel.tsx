// The panel of this visit's uploads: over every screen, collapsible to a pill. Renders what is under way or went wrong
// and the newest of what is done, never thousands of rows.
import { createMemo, createSignal, For, onCleanup, Show, untrack, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { Icon } from '../ui/icon.tsx'
import { isOnline } from '../ui/online.ts'
import { words } from '../words/words.ts'
import { isActive, type UploadItem } from './upload-item.ts'
import { UploadRow } from './upload-row.tsx'
import type { Totals } from './upload-store.ts'

const rowsMax = 40
const doneRowsMax = 12

/** Wrong first, then under way, then done: what needs a hand is on top. */
function chooseRows(items: readonly UploadItem[]): { rows: UploadItem[]; hiddenCount: number } {
  const wrong = items.filter((item) => item.state === 'failed' || item.state === 'refused')
  const active = items.filter((item) => isActive(item.state))
  const running = active.filter((item) => item.state !== 'waiting')
  const waiting = active.filter((item) => item.state === 'waiting')
  const done = items
    .filter((item) => item.state === 'ready')
    .slice(-doneRowsMax)
    .reverse()
  const rows = [...running, ...wrong, ...waiting, ...done].slice(0, rowsMax)
  const shown = new Set(rows)
  return { rows, hiddenCount: waiting.filter((item) => !shown.has(item)).length }
}

/** Seconds until everything is sent, from the last few seconds' speed. Null while that is not known. */
function createTimeLeft(totals: () => { bytes: number; sentBytes: number }): () => number | null {
  const [speed, setSpeed] = createSignal(0)
  let last = totals().sentBytes
  const timer = setInterval(() => {
    const sent = totals().sentBytes
    setSpeed((before) => before * 0.7 + Math.max(0, sent - last) * 0.3)
    last = sent
  }, 1000)
  onCleanup(() => clearInterval(timer))
  const timeLeft = () => (speed() < 1024 ? null : (totals().bytes - totals().sentBytes) / speed())
  return timeLeft
}

/** The open panel, or the pill it collapses to. */
export function UploadPanel(): JSX.Element {
  const { uploads } = useShoebox()
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
    const total = uploads.shown().length
    if (uploads.activeCount() > 0) return words.upload.progress(total - uploads.activeCount(), total)
    return listEnds(byState).join(' · ')
  }
}

function Pill(): JSX.Element {
  const { uploads } = useShoebox()
  const summary = createSummary()
  return (
    <button
      type="button"
      class="rise button button-quiet fixed right-4 bottom-[calc(80px+env(safe-area-inset-bottom))] z-20 rounded-full wide:bottom-6"
      aria-label={`${words.upload.expand}: ${summary()}`}
      onClick={() => uploads.setExpanded(true)}
    >
      <Ring />
      {summary()}
    </button>
  )
}

/** Sent share of all bytes as a ring; a check when nothing is left to do. */
function Ring(): JSX.Element {
  const { uploads } = useShoebox()
  const share = () => (uploads.totals().bytes === 0 ? 0 : uploads.totals().sentBytes / uploads.totals().bytes)
  return (
    <Show when={uploads.activeCount() > 0} fallback={<EndIcon />}>
      <svg
        viewBox="0 0 20 20"
        width="20"
        height="20"
        fill="none"
        stroke-width="3"
        aria-hidden="true"
        class="-rotate-90"
      >
        <circle cx="10" cy="10" r="8" stroke="var(--line)" />
        <circle
          cx="10"
          cy="10"
          r="8"
          stroke="var(--accent)"
          pathLength="100"
          stroke-dasharray={`${share() * 100} 100`}
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
  const timeLeft = createTimeLeft(uploads.totals)
  const chosen = createMemo(() => chooseRows(uploads.shown()))
  const rows = createMemo(() => {
    const list = chosen().rows
    return untrack(() => list.map(uploads.live))
  })
  const failedKeys = () => uploads.shown().flatMap((item) => (item.state === 'failed' ? [item.key] : []))
  const share = () => (uploads.totals().bytes === 0 ? 0 : uploads.totals().sentBytes / uploads.totals().bytes)
  const progress = () => {
    if (uploads.hereCount() === 0 || uploads.isHeld()) return words.upload.public
    if (!isOnline()) return words.upload.offline
    const seconds = timeLeft()
    if (seconds === null) return words.upload.public
    return `${words.upload.percent(Math.floor(share() * 100))} · ${words.upload.left(words.units.timeLeft(seconds))}`
  }

  return (
    <section
      aria-label={words.upload.panel}
      class="rise fixed inset-x-2 bottom-[calc(72px+env(safe-area-inset-bottom))] z-20 flex max-h-[min(60dvh,520px)] flex-col overflow-hidden rounded-box border border-line bg-raised wide:inset-x-auto wide:right-6 wide:bottom-6 wide:w-95"
    >
      <header class="flex items-center gap-3 border-b border-line py-1 pr-1 pl-4">
        <Ring />
        <div class="min-w-0 flex-1 py-1">
          <h2 class="truncate font-semibold">{summary()}</h2>
          <p class="truncate text-sm text-soft tabular-nums">{progress()}</p>
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
      <Results failedKeys={failedKeys()} />
      {/* Focusable, so that a keyboard can scroll it also when no row has a button. */}
      <ul class="overflow-y-auto overscroll-contain py-2" tabindex="0" aria-label={words.upload.panel}>
        <For each={rows()}>{(item) => <UploadRow item={item} />}</For>
      </ul>
      <Show when={chosen().hiddenCount > 0}>
        <p class="border-t border-line px-4 py-2 text-sm text-soft">{words.upload.more(chosen().hiddenCount)}</p>
      </Show>
    </section>
  )
}

/** The ends so far, by kind of end, with the one thing to do about failures. */
function Results(props: { failedKeys: number[] }): JSX.Element {
  const { uploads } = useShoebox()
  const byState = () => uploads.totals().byState
  const ended = () => listEnds(byState())
  const cancelAll = () => {
    for (const { key } of uploads.shown().filter((item) => isActive(item.state))) uploads.cancel(key)
  }

  return (
    <Show when={props.failedKeys.length > 0 || uploads.activeCount() > 1}>
      <div class="flex items-center gap-3 border-b border-line px-4 py-1 text-sm">
        <p class="flex-1 py-2 text-soft">{ended().join(' · ')}</p>
        <Show when={uploads.activeCount() > 1}>
          <button type="button" class="link min-h-11" onClick={cancelAll}>
            {words.upload.cancelAll}
          </button>
        </Show>
        <Show when={props.failedKeys.length > 0}>
          <button type="button" class="link min-h-11" onClick={() => uploads.retry(props.failedKeys)}>
            {words.upload.retryAll}
          </button>
        </Show>
      </div>
    </Show>
  )
}
