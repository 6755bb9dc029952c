import { A } from '@solidjs/router'
import { createSignal, Show, type JSX } from 'solid-js'
import type { User } from '../session/session.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Icon } from '../ui/icon.tsx'
import { accountWords } from '../words/account-words.ts'
import { sentenceForError, words } from '../words/words.ts'
import { AvatarSheet } from './avatar-sheet.tsx'
import { EditProfileSheet } from './edit-profile-sheet.tsx'
import { useProfile } from './profile-query.ts'

/** Who one is here. What the session knows stands there at once; the picture and the phone number follow. */
export function ProfileHead(props: { user: User }): JSX.Element {
  const profile = useProfile(() => props.user)
  const [sheet, setSheet] = createSignal<'avatar' | 'profile' | null>(null)
  return (
    <header class="flex flex-col gap-3">
      <div class="flex flex-wrap items-center gap-4">
        <button
          type="button"
          class="relative rounded-full"
          aria-label={accountWords.avatar.title}
          disabled={profile.data === undefined}
          onClick={() => setSheet('avatar')}
        >
          <Avatar name={props.user.name} avatar={profile.data?.avatar} sizePx={80} />
          <span class="absolute -right-1 -bottom-1 grid size-8 place-items-center rounded-full border border-line bg-raised text-soft">
            <Icon name="camera" size={18} />
          </span>
        </button>
        <div class="min-w-[min(11.25rem,100%)] flex-1">
          <h1 class="text-2xl font-semibold tracking-tight wrap-anywhere">{props.user.name}</h1>
          <p class="text-soft wrap-anywhere">{props.user.email}</p>
          <Show when={profile.data?.phone}>{(phone) => <p class="text-soft tabular-nums">{phone()}</p>}</Show>
        </div>
        <button
          type="button"
          class="button button-quiet"
          disabled={profile.data === undefined}
          onClick={() => setSheet('profile')}
        >
          {accountWords.edit}
        </button>
      </div>
      <Show when={profile.isError}>
        <p role="alert" class="flex flex-wrap items-center gap-x-3 text-sm text-bad">
          {sentenceForError(profile.error)}
          <button type="button" class="link min-h-11" onClick={() => void profile.refetch()}>
            {words.fault.retry}
          </button>
        </p>
      </Show>
      <Show when={profile.data?.addressTrouble}>
        {(trouble) => (
          <p class="rounded-box bg-sunken px-4 py-3">
            {accountWords.addressTrouble[trouble()]}{' '}
            <A class="link" href="/you/security">
              {accountWords.addressTrouble.change}
            </A>
          </p>
        )}
      </Show>
      <Show when={sheet() === 'avatar' && profile.data}>
        {(found) => <AvatarSheet profile={found()} onClose={() => setSheet(null)} />}
      </Show>
      <Show when={sheet() === 'profile' && profile.data}>
        {(found) => <EditProfileSheet profile={found()} onClose={() => setSheet(null)} />}
      </Show>
    </header>
  )
}
