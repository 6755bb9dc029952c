// "My uploads": this visit's files in groups, and everything ever uploaded with its receipt.
import { A, Navigate } from '@solidjs/router'
import { createEffect, createMemo, For, Match, on, onCleanup, onMount, Show, Switch, type JSX } from 'solid-js'
import { api } from '../api/client.ts'
import { useShoebox } from '../compose.ts'
import { Icon } from '../ui/icon.tsx'
import { useTitle } from '../ui/use-title.ts'
import { GroupList } from '../upload/group-list.tsx'
import { PickButton } from '../upload/pick-button.tsx'
import { UploadActions } from '../upload/upload-actions.tsx'
import { UploadHead } from '../upload/upload-head.tsx'
import { historyWords } from '../words/history-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { words } from '../words/words.ts'
import { HistorySection } from './history-section.tsx'
import { createHistory } from './history-store.ts'

export function MyUploadsScreen(): JSX.Element {
  const { session } = useShoebox()
  useTitle(() => screenWords.history.title)
  return (
    <Switch>
      <Match when={session.user() === null}>
        <Navigate href="/sign-in?next=/you/uploads" />
      </Match>
      <Match when={session.user()?.id}>
        {/* Keyed by person: whoever signs in next begins with a list of their own. */}
        <For each={[session.user()?.id]}>{() => <MyUploads />}</For>
      </Match>
    </Switch>
  )
}

const askEveryMs = 5000

function MyUploads(): JSX.Element {
  const { uploads } = useShoebox()
  const history = createHistory({
    mine: (cursor) => api.uploads.mine.query(cursor === null ? {} : { cursor }),
    watch: async (mediaIds) => (await api.uploads.watch.query({ mediaIds })).items,
    listParts: (mediaId) => api.uploads.listParts.query({ mediaId }),
    cancel: (mediaId) => api.uploads.cancel.mutate({ mediaId }),
  })

  onMount(() => {
    void history.reload()
    const timer = setInterval(() => {
      // The next question comes soon enough.
      if (!document.hidden) void history.refresh().catch(() => undefined)
    }, askEveryMs)
    onCleanup(() => clearInterval(timer))
    onCleanup(history.stop)
  })
  const isSending = createMemo(() => uploads.activeCount() > 0)
  createEffect(on(isSending, () => void history.reload(), { defer: true }))

  return (
    <div class="fade mx-auto flex max-w-180 flex-col gap-8 px-4 pt-5 pb-24 wide:pt-10">
      <header class="flex flex-wrap items-end gap-3">
        <div class="min-w-[min(13.75rem,100%)] flex-1">
          <A class="link-alone" href="/you">
            {screenWords.account.youTitle}
          </A>
          <h1 class="text-2xl font-semibold tracking-tight">{screenWords.history.title}</h1>
          <p class="text-soft">{screenWords.history.lead}</p>
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
            <div class="flex border-b border-line pr-4">
              <UploadHead />
            </div>
            <GroupList level="h3" />
            <UploadActions />
          </div>
        </section>
      </Show>
      <HistorySection history={history} />
    </div>
  )
}
