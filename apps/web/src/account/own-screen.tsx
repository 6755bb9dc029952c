// The frame of the pages about oneself: for whoever is signed in; others sign in first and come back.
import { A, Navigate, useLocation } from '@solidjs/router'
import { createEffect, For, Match, Switch, type JSX } from 'solid-js'
import { isRefusedWith } from '../api/refusal.ts'
import { useShoebox } from '../compose.ts'
import { withNext } from '../session/next-place.ts'
import type { User } from '../session/session.ts'
import { useTitle } from '../ui/use-title.ts'
import { screenWords } from '../words/screen-words.ts'
import { useProfile } from './profile-query.ts'

export function OwnScreen(props: { title: string; children: (user: () => User) => JSX.Element }): JSX.Element {
  const { session } = useShoebox()
  const location = useLocation()
  useTitle(() => props.title)
  return (
    <Switch fallback={<p class="pulse py-20 text-center">{screenWords.viewer.loading}</p>}>
      <Match when={session.user() === null}>
        <Navigate href={withNext('/sign-in', location.pathname)} />
      </Match>
      <Match when={session.user()}>
        {(user) => (
          <div class="fade mx-auto flex max-w-160 flex-col gap-10 px-5 pt-5 pb-16 wide:pt-10">
            {/* Keyed by person: nothing typed or loaded by one is left for the next. */}
            <For each={[user().id]}>
              {() => {
                leadAwayWhenEnded(user)
                return props.children(user)
              }}
            </For>
          </div>
        )}
      </Match>
    </Switch>
  )
}

/** A session may have been ended from another place: then these pages are not theirs any more. */
function leadAwayWhenEnded(user: () => User): void {
  const { session } = useShoebox()
  const profile = useProfile(user)
  createEffect(() => isRefusedWith(profile.error, 'sign_in_needed') && session.expire())
}

/** The head of a page below "You". */
export function OwnHead(props: { title: string; lead: string }): JSX.Element {
  return (
    <header class="flex flex-col gap-1">
      <A class="link-alone self-start" href="/you">
        {screenWords.account.youTitle}
      </A>
      <h1 class="text-2xl font-semibold tracking-tight">{props.title}</h1>
      <p class="text-soft">{props.lead}</p>
    </header>
  )
}

export function Section(props: { title: string; children: JSX.Element }): JSX.Element {
  return (
    <section class="flex flex-col gap-3">
      <h2 class="text-lg font-semibold">{props.title}</h2>
      {props.children}
    </section>
  )
}
