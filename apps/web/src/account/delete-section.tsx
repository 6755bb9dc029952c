// The end of an account: what goes with it, what has to be settled before, and the last question.
import { A, useNavigate } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { createSignal, For, Match, Show, Switch, type JSX } from 'solid-js'
import { api, type Outputs } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { useShoebox } from '../compose.ts'
import type { User } from '../session/session.ts'
import { showToast } from '../ui/toasts.tsx'
import { accountWords } from '../words/account-words.ts'
import { sentenceForError, words as allWords } from '../words/words.ts'
import { DeleteSheet } from './delete-sheet.tsx'
import { Section } from './own-screen.tsx'

const words = accountWords.data

type Preview = Outputs['account']['previewDeletion']

export function DeleteSection(props: { user: User }): JSX.Element {
  const { session } = useShoebox()
  const navigate = useNavigate()
  const [isAsking, setAsking] = createSignal(false)
  const preview = useQuery(
    () => ({
      ...api.account.previewDeletion.options(),
      queryKey: ['account.previewDeletion', props.user.id],
      staleTime: 0,
    }),
    () => queryClient,
  )
  const leave = () => {
    setAsking(false)
    session.expire()
    queryClient.clear()
    navigate('/')
    showToast(words.deleted)
  }

  return (
    <Section title={words.deleteTitle}>
      <Switch fallback={<p class="pulse text-soft">{allWords.viewer.loading}</p>}>
        <Match when={preview.isError}>
          <p role="alert" class="text-bad">
            {sentenceForError(preview.error)}
          </p>
          <button type="button" class="link min-h-11 self-start" onClick={() => void preview.refetch()}>
            {allWords.fault.retry}
          </button>
        </Match>
        <Match when={preview.data}>
          {(found) => (
            <>
              <Leavings preview={found()} />
              <button
                type="button"
                class="button button-quiet self-start border-bad text-bad"
                disabled={found().ownedGroups.length > 0}
                onClick={() => setAsking(true)}
              >
                {words.deleteTitle}
              </button>
            </>
          )}
        </Match>
      </Switch>
      <Show when={isAsking()}>
        <DeleteSheet user={props.user} onClose={() => setAsking(false)} onDeleted={leave} />
      </Show>
    </Section>
  )
}

export function Leavings(props: { preview: Preview }): JSX.Element {
  return (
    <>
      <p class="text-soft">
        {words.deleteWhat(props.preview.items, allWords.units.size(props.preview.bytes))} {words.deleteReceipt}
      </p>
      <p class="text-soft">
        {words.deleteGroups}{' '}
        <A class="link" href="/groups">
          {words.toGroups}
        </A>
      </p>
      <Show when={props.preview.ownedGroups.length > 0}>
        <div class="flex flex-col gap-2 rounded-box border border-line p-4">
          <p class="font-medium">{words.ownedTitle}</p>
          <p class="text-sm text-soft">{words.ownedWhat}</p>
          <ul>
            <For each={props.preview.ownedGroups}>
              {(group) => (
                <li class="flex flex-wrap items-center gap-x-4 border-t border-line py-1">
                  <span class="min-w-32 flex-1 py-2 wrap-anywhere">{group.name}</span>
                  <Show when={group.memberCount > 1}>
                    <A class="link py-2" href={`/g/${group.id}/people`} aria-label={words.handOverOne(group.name)}>
                      {words.handOver}
                    </A>
                  </Show>
                  <A class="link py-2" href={`/g/${group.id}/settings`} aria-label={words.endGroupOne(group.name)}>
                    {words.endGroup}
                  </A>
                </li>
              )}
            </For>
          </ul>
        </div>
      </Show>
    </>
  )
}
