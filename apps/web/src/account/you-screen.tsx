// "You": who one is here, what the plan takes, and the ways to everything else that is one's own.
import { A, useNavigate } from '@solidjs/router'
import { createSignal, For, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { unreadCount } from '../notifications/unread-count.ts'
import type { User } from '../session/session.ts'
import { Drawing } from '../ui/first-icon.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { ThemeSwitch } from '../ui/theme-switch.tsx'
import { showToast } from '../ui/toasts.tsx'
import { accountWords } from '../words/account-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError, words } from '../words/words.ts'
import { HelpSection } from './help-section.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { OwnScreen, Section } from './own-screen.tsx'
import { PlanUsage } from './plan-usage.tsx'
import { useProfile } from './profile-query.ts'
import { ProfileHead } from './profile-head.tsx'

export function YouScreen(): JSX.Element {
  return <OwnScreen title={screenWords.account.youTitle}>{(user) => <You user={user()} />}</OwnScreen>
}

function You(props: { user: User }): JSX.Element {
  return (
    <>
      <ProfileHead user={props.user} />
      <Places user={props.user} />
      <PlanUsage user={props.user} />
      <Section title={accountWords.appearance}>
        <ThemeSwitch />
        <LanguageSwitch />
      </Section>
      <HelpSection />
      <SignOutButton />
    </>
  )
}

const lock = 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 15v1.5'

type Place = { readonly href: string; readonly icon: IconName | null; readonly text: string; readonly hint: string }

function Places(props: { user: User }): JSX.Element {
  const profile = useProfile(() => props.user)
  const judges = () => (profile.data?.role ?? 'member') !== 'member'
  const notificationHint = () =>
    unreadCount() > 0 ? words.notifications.unread(unreadCount()) : accountWords.places.notifications
  const places = (): Place[] => [
    { href: `/u/${props.user.id}`, icon: 'you', ...accountWords.places.page },
    { href: '/notifications', icon: 'bell', text: screenWords.notifications.title, hint: notificationHint() },
    { href: '/you/uploads', icon: 'up', text: screenWords.history.title, hint: screenWords.history.lead },
    { href: '/you/trash', icon: 'trash', ...accountWords.places.trash },
    { href: '/you/security', icon: null, ...accountWords.places.security },
    { href: '/you/blocked', icon: 'hide', ...accountWords.places.blocked },
    { href: '/you/data', icon: 'download', ...accountWords.places.data },
    ...(judges() ? [{ href: '/desk', icon: 'eye' as const, ...accountWords.places.desk }] : []),
  ]
  return (
    <nav aria-label={accountWords.places.label}>
      <ul class="overflow-hidden rounded-box border border-line">
        <For each={places()}>
          {(place) => (
            <li class="border-b border-line last:border-b-0">
              <A
                href={place.href}
                class="flex items-center gap-4 px-4 py-3 transition-colors hover:bg-sunken focus-visible:-outline-offset-2"
              >
                <span class="shrink-0 text-soft">
                  {place.icon === null ? <Drawing path={lock} /> : <Icon name={place.icon} />}
                </span>
                <span class="min-w-0 flex-1">
                  <span class="block font-medium">{place.text}</span>
                  <span class="block text-sm text-soft">{place.hint}</span>
                </span>
                <Icon name="right" size={18} class="shrink-0 text-soft" />
              </A>
            </li>
          )}
        </For>
      </ul>
    </nav>
  )
}

function SignOutButton(): JSX.Element {
  const { session } = useShoebox()
  const navigate = useNavigate()
  const [isBusy, setBusy] = createSignal(false)
  const signOut = async () => {
    setBusy(true)
    try {
      await session.signOut()
      navigate('/')
      showToast(accountWords.signedOut)
    } catch (error) {
      showToast(sentenceForError(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <button type="button" class="button button-quiet self-start" disabled={isBusy()} onClick={() => void signOut()}>
      {accountWords.signOut}
    </button>
  )
}
