// What one was told, the latest first. Looking at it is reading it: what is on the screen is marked, and stays marked as
// new to the eye until the next visit.
import { A } from '@solidjs/router'
import { createEffect, createMemo, For, Match, Switch, type JSX } from 'solid-js'
import { api } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { OwnHead, OwnScreen } from '../account/own-screen.tsx'
import { Notice } from '../ui/notice.tsx'
import { accountWords } from '../words/account-words.ts'
import { notificationWords } from '../words/notification-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError, words } from '../words/words.ts'
import { NotificationRow } from './notification-row.tsx'
import { forgetUnread } from './unread-count.ts'

export function NotificationsScreen(): JSX.Element {
  return <OwnScreen title={screenWords.notifications.title}>{() => <Notifications />}</OwnScreen>
}

function Notifications(): JSX.Element {
  const told = useQuery(
    // Asked anew on every visit, and kept for nobody who signs in next.
    () => ({ ...api.notifications.list.options(), staleTime: 0, gcTime: 0 }),
  )
  const rows = () => told.data?.notifications ?? []
  const latestUnread = createMemo(() => rows().find((row) => !row.isRead)?.lastAt)
  createEffect(() => {
    const until = latestUnread()
    // Without an answer it is new once more the next time.
    if (until === undefined) return
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    api.notifications.markRead.mutate({ until, zone }).then(forgetUnread, () => undefined)
  })

  return (
    <>
      <OwnHead title={screenWords.notifications.title} lead={accountWords.places.notifications} />
      <A class="button button-quiet -mt-4 self-start" href="/notifications/settings">
        {notificationWords.toSettings}
      </A>
      <Switch>
        <Match when={told.isPending}>
          <Skeleton />
        </Match>
        <Match when={told.data === undefined && told.error}>
          {(error) => (
            <Notice icon="warning" title={notificationWords.failedTitle} text={sentenceForError(error())} alert>
              <button type="button" class="button button-main" onClick={() => void told.refetch()}>
                {words.fault.retry}
              </button>
            </Notice>
          )}
        </Match>
        <Match when={rows().length === 0}>
          <Notice icon="bell" title={notificationWords.emptyTitle} text={notificationWords.empty} />
        </Match>
        <Match when={true}>
          <ul aria-label={notificationWords.list} class="overflow-hidden rounded-box border border-line">
            <For each={rows()}>{(row) => <NotificationRow notification={row} />}</For>
          </ul>
        </Match>
      </Switch>
    </>
  )
}

function Skeleton(): JSX.Element {
  return (
    <div role="img" aria-label={screenWords.viewer.loading} class="overflow-hidden rounded-box border border-line">
      <For each={[1, 2, 3, 4]}>
        {() => (
          <div class="pulse flex min-h-16 items-center gap-4 border-b border-line px-4 py-3 last:border-b-0">
            <span class="size-10 rounded-full bg-sunken" />
            <span class="h-4 flex-1 rounded bg-sunken" />
          </div>
        )}
      </For>
    </div>
  )
}
