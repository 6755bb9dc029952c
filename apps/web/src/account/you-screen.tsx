import { A, Navigate, useNavigate } from '@solidjs/router'
import { createSignal, Match, Switch, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import type { User } from '../session/session.ts'
import { useTitle } from '../ui/use-title.ts'
import { ThemeSwitch } from '../ui/theme-switch.tsx'
import { showToast } from '../ui/toasts.tsx'
import { accountWords } from '../words/account-words.ts'
import { sentenceForError, words } from '../words/words.ts'
import { PlanUsage } from './plan-usage.tsx'

export function YouScreen(): JSX.Element {
  const { session } = useShoebox()
  useTitle(() => words.account.youTitle)
  return (
    <Switch>
      <Match when={session.user() === null}>
        <Navigate href="/sign-in?next=/you" />
      </Match>
      <Match when={session.user()}>{(user) => <You user={user()} />}</Match>
    </Switch>
  )
}

function You(props: { user: User }): JSX.Element {
  const { session } = useShoebox()
  const navigate = useNavigate()
  const [isBusy, setBusy] = createSignal(false)
  const initial = () => Array.from(props.user.name)[0]?.toUpperCase() ?? ''

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
    <div class="fade mx-auto flex max-w-160 flex-col gap-10 px-5 pt-8 pb-16 wide:pt-16">
      <header class="flex flex-wrap items-center gap-4">
        <span
          class="grid size-16 place-items-center rounded-full bg-sunken text-2xl font-semibold text-soft"
          aria-hidden="true"
        >
          {initial()}
        </span>
        <div class="min-w-45 flex-1">
          <h1 class="truncate text-2xl font-semibold tracking-tight">{props.user.name}</h1>
          <p class="truncate text-soft">{props.user.email}</p>
        </div>
        <button type="button" class="button button-quiet" disabled={isBusy()} onClick={() => void signOut()}>
          {accountWords.signOut}
        </button>
      </header>

      <section class="flex flex-col gap-3">
        <h2 class="text-lg font-semibold">{accountWords.appearance}</h2>
        <ThemeSwitch />
      </section>

      <PlanUsage user={props.user} />

      <section class="flex flex-col items-start gap-3">
        <h2 class="text-lg font-semibold">{words.history.title}</h2>
        <p class="text-soft">{words.history.lead}</p>
        <A class="button button-quiet" href="/you/uploads">
          {words.history.open}
        </A>
      </section>
    </div>
  )
}
