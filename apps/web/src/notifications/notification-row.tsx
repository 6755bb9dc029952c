import { A } from '@solidjs/router'
import { Show, type JSX } from 'solid-js'
import { isSiteKind } from '@shoebox/shared/notices/kinds.ts'
import { placeOf } from '@shoebox/shared/notices/place-of.ts'
import { serverNow } from '../api/server-clock.ts'
import type { Outputs } from '../api/client.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Mark } from '../ui/first-icon.tsx'
import { notificationWords } from '../words/notification-words.ts'
import { screenWords } from '../words/screen-words.ts'

export type Notification = Outputs['notifications']['list']['notifications'][number]

export function NotificationRow(props: { notification: Notification }): JSX.Element {
  const told = () => props.notification
  const place = () => placeOf({ ...told(), groupId: told().group?.id ?? null })
  const sentence = () => {
    const { kind, actor, count, group } = told()
    return notificationWords.sentences[kind]({
      actor: actor.name,
      count,
      group: group?.name ?? null,
      role: group?.role ?? null,
    })
  }
  return (
    <li class="border-b border-line last:border-b-0">
      <A
        href={place()}
        class="flex min-h-16 items-center gap-4 px-4 py-3 transition-colors hover:bg-sunken focus-visible:-outline-offset-2"
      >
        <Show
          when={!isSiteKind(told().kind)}
          fallback={
            <span class="shrink-0">
              <Mark size={40} />
            </span>
          }
        >
          <Avatar name={told().actor.name} avatar={told().actor.avatar} sizePx={40} />
        </Show>
        <span class="min-w-0 flex-1 [overflow-wrap:anywhere]">
          <span classList={{ 'font-semibold': !told().isRead }}>{sentence()}</span>{' '}
          <time class="block text-sm text-soft" dateTime={told().lastAt}>
            {screenWords.units.ago((serverNow() - Date.parse(told().lastAt)) / 1000)}
          </time>
        </span>
        <Show when={!told().isRead}>
          <span class="size-2.5 shrink-0 rounded-full bg-accent">
            <span class="sr-only">{notificationWords.unread}</span>
          </span>
        </Show>
      </A>
    </li>
  )
}
