// Everything ever uploaded, by cause, with what is left to do. Part of "My uploads".
import { createMemo, createSignal, For, Match, Show, Switch, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { Notice } from '../ui/notice.tsx'
import { showToast } from '../ui/toasts.tsx'
import { isActive } from '../upload/upload-item.ts'
import { historyWords } from '../words/history-words.ts'
import { uploadWords } from '../words/upload-words.ts'
import { sentenceForError, words } from '../words/words.ts'
import { HistoryRow } from './history-row.tsx'
import { causeOf, countCauses, type Cause, type History, type HistoryItem } from './history-store.ts'

export function HistorySection(props: { history: History }): JSX.Element {
  const isEmpty = () => props.history.items().length === 0
  const retry = () => void (isEmpty() ? props.history.reload() : props.history.loadMore())
  return (
    <Switch fallback={<HistoryList history={props.history} />}>
      <Match when={isEmpty() && props.history.state() === 'loading'}>
        <ul class="flex flex-col gap-3" role="img" aria-label={historyWords.loading}>
          <For each={[1, 2, 3, 4, 5]}>{() => <li class="pulse h-16 rounded-box bg-sunken" />}</For>
        </ul>
      </Match>
      <Match when={isEmpty() && props.history.state() === 'failed'}>
        <Notice icon="warning" title={historyWords.failedTitle} text={sentenceForError(props.history.failure())} alert>
          <button type="button" class="button button-main" onClick={retry}>
            {words.fault.retry}
          </button>
        </Notice>
      </Match>
      <Match when={isEmpty()}>
        <Notice icon="image" title={historyWords.emptyTitle} text={historyWords.empty} />
      </Match>
    </Switch>
  )
}

function HistoryList(props: { history: History }): JSX.Element {
  const { uploads } = useShoebox()
  const [chosen, setChosen] = createSignal<Cause | null>(null)
  // What this page is sending, or may try again, stands above.
  const here = createMemo(() => {
    const stays = uploads.shown().filter(({ state }) => isActive(state) || state === 'failed')
    return new Set(stays.map(({ mediaId }) => mediaId))
  })
  const items = createMemo(() => props.history.items().filter((item) => !here().has(item.mediaId)))
  const rows = () => items().filter((item) => chosen() === null || causeOf(item) === chosen())
  const openIds = () => items().flatMap((item) => (item.state === 'reserved' ? [item.mediaId] : []))

  const cancel = async (mediaIds: readonly MediaId[]) => {
    try {
      const lateCount = await props.history.cancel(mediaIds)
      if (lateCount > 0) showToast(historyWords.cancelTooLate)
    } catch (error) {
      showToast(sentenceForError(error))
    }
  }

  return (
    <section class="flex flex-col gap-3">
      <h2 class="text-lg font-semibold">{historyWords.earlier}</h2>
      <Causes items={items()} isMore={props.history.state() !== 'end'} chosen={chosen()} onChoose={setChosen} />
      <ul class="divide-y divide-line overflow-hidden rounded-box border border-line bg-raised">
        <For each={rows()}>{(item) => <HistoryRow item={item} onCancel={() => void cancel([item.mediaId])} />}</For>
      </ul>
      <div class="flex flex-wrap items-center gap-4">
        <Switch>
          <Match when={props.history.state() === 'failed'}>
            <p role="alert">{sentenceForError(props.history.failure())}</p>
            <button type="button" class="button button-quiet" onClick={() => void props.history.loadMore()}>
              {words.fault.retry}
            </button>
          </Match>
          <Match when={props.history.state() !== 'end'}>
            <button
              type="button"
              class="button button-quiet"
              disabled={props.history.state() === 'loading'}
              onClick={() => void props.history.loadMore()}
            >
              {historyWords.more}
            </button>
          </Match>
          <Match when={props.history.items().length > 30}>
            <p class="text-soft">{historyWords.end}</p>
          </Match>
        </Switch>
        <Show when={openIds().length > 1}>
          <button type="button" class="link min-h-11" onClick={() => void cancel(openIds())}>
            {historyWords.cancelOpen}
          </button>
        </Show>
      </div>
    </section>
  )
}

const labelOfCause = (cause: Cause): string => {
  const { states } = historyWords
  if (cause === 'ready') return historyWords.added
  if (cause === 'reserved' || cause === 'cancelled' || cause === 'expired') return states[cause]
  return uploadWords.causes[cause]
}

/** How many there are of each cause, among those that are loaded; each shows only its own. */
function Causes(props: {
  items: readonly HistoryItem[]
  isMore: boolean
  chosen: Cause | null
  onChoose: (cause: Cause | null) => void
}): JSX.Element {
  const causes = createMemo(() => countCauses(props.items))
  const Choice = (inner: { cause: Cause | null; label: string; count: number }) => (
    <button
      type="button"
      class="min-h-11 rounded-full border border-line px-4 text-sm aria-pressed:border-ink aria-pressed:bg-sunken aria-pressed:font-medium"
      aria-pressed={props.chosen === inner.cause}
      onClick={() => props.onChoose(inner.cause)}
    >
      {historyWords.counted(inner.label, inner.count, props.isMore)}
    </button>
  )
  return (
    <Show when={causes().length > 1 || props.chosen !== null}>
      <div role="group" aria-label={historyWords.filter} class="flex flex-wrap gap-2">
        <Choice cause={null} label={historyWords.all} count={props.items.length} />
        <For each={causes()}>
          {({ cause, count }) => <Choice cause={cause} label={labelOfCause(cause)} count={count} />}
        </For>
      </div>
    </Show>
  )
}
