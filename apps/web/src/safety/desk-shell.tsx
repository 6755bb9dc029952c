// The frame of the desk: its parts as tabs, for moderators and administrators who entered a code lately. To anybody else
// it is a page that is not there.
import { A, Navigate, useLocation, useParams } from '@solidjs/router'
import { createEffect, createSignal, For, Match, Show, Suspense, Switch, type JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { SiteRole } from '@shoebox/shared/account/site-roles.ts'
import { StepUpForm } from '../account/step-up-form.tsx'
import { useProfile } from '../account/profile-query.ts'
import { isRefusedWith } from '../api/refusal.ts'
import { useShoebox } from '../compose.ts'
import { withNext } from '../session/next-place.ts'
import type { User } from '../session/session.ts'
import { lazyPart } from '../ui/lazy-part.ts'
import { Notice } from '../ui/notice.tsx'
import { useTitle } from '../ui/use-title.ts'
import { deskWords } from '../words/desk-words.ts'
import { sentenceForError, words } from '../words/words.ts'
import { renewDeskSummary, useDeskSummary } from './desk-access.ts'
import { tabsFor } from './desk-tabs.ts'
import { screenWords } from '../words/screen-words.ts'

const GlassSheet = lazyPart(() => import('./glass-sheet.tsx').then((file) => file.GlassSheet))

export function DeskShell(): JSX.Element {
  const { session } = useShoebox()
  const location = useLocation()
  useTitle(() => deskWords.title)
  return (
    <Switch fallback={<Loading />}>
      <Match when={session.user() === null}>
        <Navigate href={withNext('/sign-in', location.pathname)} />
      </Match>
      <Match when={session.user()}>{(user) => <Desk user={user()} />}</Match>
    </Switch>
  )
}

const Loading = (): JSX.Element => <p class="pulse py-20 text-center text-soft">{deskWords.loading}</p>

function Desk(props: { user: User }): JSX.Element {
  const { session } = useShoebox()
  const summary = useDeskSummary()
  const profile = useProfile(() => props.user)
  const isRefused = (code: Parameters<typeof isRefusedWith>[1]) => isRefusedWith(summary.error, code)
  createEffect(() => isRefused('sign_in_needed') && session.expire())
  const role = (): SiteRole | undefined => profile.data?.role
  return (
    <Switch fallback={<Loading />}>
      <Match when={isRefused('step_up_needed')}>
        <div class="mx-auto flex max-w-105 flex-col gap-4 px-5 py-16">
          <h1 class="text-2xl font-semibold tracking-tight">{deskWords.stepUpTitle}</h1>
          <StepUpForm onDone={() => void renewDeskSummary()} />
        </div>
      </Match>
      <Match when={isRefused('not_found')}>
        <Notice icon="image" title={screenWords.notHere.title} text={screenWords.notHere.text} isPage>
          <a class="button button-main" href="/">
            {screenWords.notHere.toFeed}
          </a>
        </Notice>
      </Match>
      <Match when={summary.isLoadingError || profile.isLoadingError}>
        <Notice
          icon="warning"
          title={deskWords.failedTitle}
          text={sentenceForError(summary.error ?? profile.error)}
          alert
          isPage
        >
          <button
            type="button"
            class="button button-main"
            onClick={() => void Promise.all([summary.refetch(), profile.refetch()])}
          >
            {words.fault.retry}
          </button>
        </Notice>
      </Match>
      <Match when={summary.data !== undefined && role()}>{(known) => <Tabs role={known()} />}</Match>
    </Switch>
  )
}

function Tabs(props: { role: SiteRole }): JSX.Element {
  const params = useParams<{ tab?: string }>()
  const [isLooking, setLooking] = createSignal(false)
  const tabs = () => tabsFor(props.role)
  const tab = () => tabs().find(({ path }) => path === (params.tab ?? ''))
  const [bar, setBar] = createSignal<HTMLElement>()
  // On a phone the later tabs lie beyond the edge: who comes by their address must still see where they are.
  createEffect(() => {
    if (tab() !== undefined)
      bar()?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })
  return (
    <div class="mx-auto flex w-full max-w-280 flex-col gap-5 px-4 pt-5 pb-16 wide:px-8 wide:pt-7">
      <div class="flex flex-wrap items-center gap-x-4">
        <h1 class="flex-1 text-2xl font-semibold tracking-tight">{deskWords.title}</h1>
        <Show when={props.role === 'administrator'}>
          <button type="button" class="link min-h-11" onClick={() => setLooking(true)}>
            {deskWords.glass.open}
          </button>
        </Show>
      </div>
      <Suspense>
        <Show when={isLooking()}>
          <GlassSheet onClose={() => setLooking(false)} />
        </Show>
      </Suspense>
      <nav ref={setBar} aria-label={deskWords.tabsLabel} class="-mx-4 overflow-x-auto px-4">
        <ul class="flex min-w-max gap-1 border-b border-line">
          <For each={tabs()}>
            {(one) => (
              <li>
                <A
                  href={one.path === '' ? '/desk' : `/desk/${one.path}`}
                  end
                  class="-mb-px flex min-h-11 items-center border-b-2 px-3 font-medium focus-visible:-outline-offset-2"
                  activeClass="border-accent text-ink"
                  inactiveClass="border-transparent text-soft hover:text-ink"
                >
                  {deskWords.tabs[one.name]}
                </A>
              </li>
            )}
          </For>
        </ul>
      </nav>
      <Show when={tab()} fallback={<Navigate href="/desk" />}>
        {(one) => (
          <Suspense fallback={<Loading />}>
            <Dynamic component={one().screen} />
          </Suspense>
        )}
      </Show>
    </div>
  )
}
