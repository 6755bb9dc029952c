// "My uploads": this visit's files in groups, and everything ever uploaded with its receipt.
import { Navigate } from '@solidjs/router'
import {
  createEffect,
  createMemo,
  createSignal,
  For,
  Match,
  on,
  onCleanup,
  onMount,
  Show,
  Switch,
  type JSX,
} from 'solid-js'
import { api } from '../api/client.ts'
import { useShoebox } from '../compose.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { Icon } from '../ui/icon.tsx'
import { Notice } from '../ui/notice.tsx'
import { showToast } from '../ui/toasts.tsx'
import { useTitle } from '../ui/use-title.ts'
import { GroupList } from '../upload/group-list.tsx'
import { PickButton } from '../upload/pick-button.tsx'
import { UploadActions } from '../upload/upload-actions.tsx'
import { historyWords } from '../words/history-words.ts'
import { sentenceForError, words } from '../words/words.ts'
import { HistoryRow } from './history-row.tsx'
import { causeOf, countCauses, createHistory, type Cause, type History } from './history-store.ts'

export function UploadsScreen(): JSX.Element {
  const { session } = useShoebox()
  useTitle(() => words.history.title)
  return (
    <Switch>
      <Match when={session.user() === null}>
        <Navigate href="/sign-in?next=/you/uploads" />
      </Match>
      <Match when={session.user()?.id}>
        {/* Keyed by person: whoever signs in next begins with a list of their own. */}
        <For each={[session.user()?.id]}>{() => <Uploads />}</For>
      </Match>
    </Switch>
  )
}

const askEveryMs = 5000

function Uploads(): JSX.Element {
  const { uploads } = useShoebox()
  const history = createHistory({
    mine: (cursor) => api.uploads.mine.query(cursor === null ? {} : { cursor }),
    watch: async (mediaIds) => (await api.uploads.watch.query({ mediaIds })).items,
    cancel: (mediaId) => api.uploads.cancel.mutate({ mediaId }),
  })

  onMount(() => {
    void history.reload()
    // The same rows stand on this screen.
    uploads.setExpanded(false)
    const timer = setInterval(() => {
      // The next question comes soon enough.
      if (!document.hidden) void history.refresh().catch(() => undefined)
    }, askEveryMs)
    onCleanup(() => clearInterval(timer))
  })
  const isSending = createMemo(() => uploads.activeCount() > 0)
  createEffect(on(isSending, () => void history.reload(), { defer: true }))

  return (
    <div class="fade mx-auto flex max-w-180 flex-col gap-8 px-4 pt-8 pb-24 wide:pt-16">
      <header class="flex flex-wrap items-center gap-3">
        <div class="min-w-55 flex-1">
          <h1 class="text-2xl font-semibold tracking-tight">{words.history.title}</h1>
          <p class="text-soft">{words.history.lead}</p>
        </div>
        <PickButton class="button button-main">
          <Icon name="plus" size={20} />
          {words.places.uploadLong}
        </PickButton>
        {/* Phones have no folders to pick. */}
        <Show when={matchMedia('(hover: hover)').matches}>
          <PickButton class="button button-quiet" folder>
            {historyWords.addFolder}
          </PickButton>
        </Show>
      </header>

      <Show when={uploads.shown().length > 0}>
        <section class="flex flex-col gap-3">
          <h2 class="text-lg font-semibold">{historyWords.thisVisit}</h2>
          <div class="overflow-hidden rounded-box border border-line bg-raised">
            <GroupList level="h3" />
            <UploadActions />
          </div>
        </section>
      </Show>
      <HistorySection history={history} />
    </div>
  )
}

function HistorySection(props: { history: History }): JSX.Element {
  const isEmpty = () => props.history.items().length === 0
  const retry = () => void (isEmpty() ? props.history.reload() : props.history.loadMore())
  return (
    <Switch fallback={<HistoryList history={props.history} />}>
      <Match when={isEmpty() && props.history.state() === 'loading'}>
        <ul class="flex flex-col gap-3" role="status" aria-label={historyWords.loading}>
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
  const here = createMemo(() => new Map(uploads.shown().map((item) => [item.mediaId, item])))
  const rows = () => props.history.items().filter((item) => chosen() === null || causeOf(item) === chosen())

  const cancel = async (mediaIds: readonly MediaId[]) => {
    const isOurs = (mediaId: MediaId) => here().has(mediaId)
    uploads.cancel(mediaIds.filter(isOurs).flatMap((mediaId) => here().get(mediaId)?.key ?? []))
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
      <Causes history={props.history} chosen={chosen()} onChoose={setChosen} />
      <ul class="divide-y divide-line overflow-hidden rounded-box border border-line bg-raised">
        <For each={rows()}>
          {(item) => (
            <HistoryRow item={item} here={here().get(item.mediaId)} onCancel={() => void cancel([item.mediaId])} />
          )}
        </For>
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
        <Show when={props.history.openIds().length > 1}>
          <button type="button" class="link min-h-11" onClick={() => void cancel(props.history.openIds())}>
            {historyWords.cancelOpen}
          </button>
        </Show>
      </div>
    </section>
  )
}

const labelOfCause = (cause: Cause): string => {
  const { states } = historyWords
  if (cause === 'reserved' || cause === 'ready' || cause === 'cancelled' || cause === 'expired') return states[cause]
  return words.upload.causes[cause]
}

/** How many there are of each cause, among those that are loaded; each shows only its own. */
function Causes(props: {
  history: History
  chosen: Cause | null
  onChoose: (cause: Cause | null) => void
}): JSX.Element {
  const isMore = () => props.history.state() !== 'end'
  const causes = createMemo(() => countCauses(props.history.items()))
  const Choice = (inner: { cause: Cause | null; label: string; count: number }) => (
    <button
      type="button"
      class="min-h-11 rounded-full border border-line px-4 text-sm aria-pressed:border-ink aria-pressed:bg-sunken aria-pressed:font-medium"
      aria-pressed={props.chosen === inner.cause}
      onClick={() => props.onChoose(inner.cause)}
    >
      {historyWords.counted(inner.label, inner.count, isMore())}
    </button>
  )
  return (
    <Show when={causes().length > 1 || props.chosen !== null}>
      <div role="group" aria-label={historyWords.filter} class="flex flex-wrap gap-2">
        <Choice cause={null} label={historyWords.all} count={props.history.items().length} />
        <For each={causes()}>
          {({ cause, count }) => <Choice cause={cause} label={labelOfCause(cause)} count={count} />}
        </For>
      </div>
    </Show>
  )
}
