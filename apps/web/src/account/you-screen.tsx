import { A, Navigate, useNavigate } from '@solidjs/router'
import { createSignal, For, Match, Show, Switch, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import type { User } from '../session/session.ts'
import { Icon } from '../ui/icon.tsx'
import { useTitle } from '../ui/use-title.ts'
import { ThemeSwitch } from '../ui/theme-switch.tsx'
import { showToast } from '../ui/toasts.tsx'
import { PickButton } from '../upload/pick-button.tsx'
import { UploadRow } from '../upload/upload-row.tsx'
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

/** How many rows of this visit are listed. */
const rowsMax = 100

function You(props: { user: User }): JSX.Element {
  const { session, uploads } = useShoebox()
  const navigate = useNavigate()
  const [isBusy, setBusy] = createSignal(false)
  const initial = () => Array.from(props.user.name)[0]?.toUpperCase() ?? ''
  const rows = () => uploads.shown().slice(-rowsMax).reverse().map(uploads.live)

  const signOut = async () => {
    setBusy(true)
    try {
      await session.signOut()
      navigate('/')
      showToast(words.account.signedOut)
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
          {words.account.signOut}
        </button>
      </header>

      <section class="flex flex-col gap-3">
        <h2 class="text-lg font-semibold">{words.account.appearance}</h2>
        <ThemeSwitch />
      </section>

      <PlanUsage user={props.user} />

      <section class="flex flex-col gap-3">
        <h2 class="text-lg font-semibold">{words.account.uploadsTitle}</h2>
        <Show
          when={rows().length > 0}
          fallback={
            <div class="flex flex-col items-start gap-4 rounded-box border border-line p-5">
              <p class="text-soft">{words.account.uploadsEmpty}</p>
              <PickButton class="button button-main">
                <Icon name="plus" size={20} />
                {words.places.uploadLong}
              </PickButton>
            </div>
          }
        >
          <ul class="rounded-box border border-line bg-raised py-2">
            <For each={rows()}>{(item) => <UploadRow item={item} />}</For>
          </ul>
          <A class="link self-start py-2" href="/">
            {words.fault.toFeed}
          </A>
        </Show>
      </section>
    </div>
  )
}
