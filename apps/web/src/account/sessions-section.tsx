// Where somebody is signed in: which browser, from where, when last. Any of them can be ended from here.
import { useNavigate } from '@solidjs/router'
import { createSignal, For, Match, Show, Switch, type JSX } from 'solid-js'
import { serverNow } from '../api/server-clock.ts'
import { api, type Outputs } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { useShoebox } from '../compose.ts'
import type { User } from '../session/session.ts'
import { showToast } from '../ui/toasts.tsx'
import { accountWords } from '../words/account-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError, words as allWords } from '../words/words.ts'
import { Section } from './own-screen.tsx'

const words = accountWords.security

type OwnSession = Outputs['sessions']['list']['sessions'][number]

export function SessionsSection(props: { user: User }): JSX.Element {
  const { session } = useShoebox()
  const navigate = useNavigate()
  const [isBusy, setBusy] = createSignal(false)
  const list = useQuery(() => ({
    ...api.sessions.list.options(),
    queryKey: ['sessions.list', props.user.id],
    staleTime: 0,
  }))
  const hasOthers = () => (list.data?.sessions.length ?? 0) > 1

  const change = async (work: () => Promise<string>) => {
    setBusy(true)
    try {
      showToast(await work())
    } catch (error) {
      showToast(sentenceForError(error))
    }
    await list.refetch()
    setBusy(false)
  }
  const end = (one: OwnSession) => {
    if (!one.isCurrent)
      return change(async () => {
        await api.sessions.revoke.mutate({ id: one.id })
        return words.ended(words.device(one))
      })
    return change(async () => {
      await session.signOut()
      navigate('/')
      return accountWords.signedOut
    })
  }
  const endOthers = () => change(async () => words.othersEnded((await api.sessions.revokeOthers.mutate()).ended))

  return (
    <Section title={words.sessions}>
      <Switch fallback={<p class="pulse py-8 text-center text-soft">{screenWords.viewer.loading}</p>}>
        <Match when={list.isLoadingError}>
          <p role="alert" class="text-soft">
            {sentenceForError(list.error)}
          </p>
          <button type="button" class="link min-h-11 self-start" onClick={() => void list.refetch()}>
            {allWords.fault.retry}
          </button>
        </Match>
        <Match when={list.data}>
          {(data) => (
            <ul class="rounded-box border border-line">
              <For each={data().sessions}>
                {(one) => <SessionRow session={one} isBusy={isBusy()} onEnd={() => void end(one)} />}
              </For>
            </ul>
          )}
        </Match>
      </Switch>
      <Show when={hasOthers()}>
        <button
          type="button"
          class="button button-quiet self-start"
          disabled={isBusy()}
          onClick={() => void endOthers()}
        >
          {words.endOthers}
        </button>
      </Show>
    </Section>
  )
}

export function SessionRow(props: { session: OwnSession; isBusy: boolean; onEnd: () => void }): JSX.Element {
  const device = () => words.device(props.session)
  const seen = () =>
    props.session.isCurrent
      ? words.here
      : words.lastSeen(screenWords.units.ago((serverNow() - Date.parse(props.session.lastSeenAt)) / 1000))
  const details = () => [words.placeOf(props.session), seen()].filter((text) => text !== '').join(' · ')
  return (
    <li class="flex flex-wrap items-center gap-3 border-b border-line px-4 py-3 last:border-b-0">
      <span class="min-w-[min(10rem,100%)] flex-1">
        <span class="block font-medium">{device()}</span>
        <span class="block text-sm text-soft">{details()}</span>
        <span class="block text-sm text-soft">{words.since(props.session.createdAt)}</span>
      </span>
      <button
        type="button"
        class="button button-quiet"
        aria-label={props.session.isCurrent ? accountWords.signOut : words.endOne(device())}
        disabled={props.isBusy}
        onClick={() => props.onEnd()}
      >
        {props.session.isCurrent ? accountWords.signOut : words.end}
      </button>
    </li>
  )
}
