// The end of an account: what goes with it, what may stay, and the last question.
import { useNavigate } from '@solidjs/router'
import { createSignal, Match, Show, Switch, type JSX } from 'solid-js'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { useQuery } from '../api/use-query.ts'
import { useShoebox } from '../compose.ts'
import type { User } from '../session/session.ts'
import { showToast } from '../ui/toasts.tsx'
import { accountWords } from '../words/account-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError, words as allWords } from '../words/words.ts'
import { DeleteSheet } from './delete-sheet.tsx'
import { writeChoices, type Choices } from './deletion-choices.ts'
import { Leavings } from './leavings.tsx'
import { makeDeletion } from './make-deletion.ts'
import { Section } from './own-screen.tsx'

const words = accountWords.data

export function DeleteSection(props: { user: User }): JSX.Element {
  const { session } = useShoebox()
  const navigate = useNavigate()
  const [isAsking, setAsking] = createSignal(false)
  const [choices, setChoices] = createSignal<Choices>({ fates: {}, items: 'delete' })
  const preview = useQuery(() => ({
    ...api.account.previewDeletion.options(),
    queryKey: ['account.previewDeletion', props.user.id],
    staleTime: 0,
  }))
  const remove = makeDeletion(api.account.delete.mutate, async () => (await api.account.me.query()).user !== null)
  const leave = () => {
    setAsking(false)
    session.expire()
    queryClient.clear()
    navigate('/')
    showToast(words.deleted)
  }

  return (
    <Section title={words.deleteTitle}>
      <Switch fallback={<p class="pulse text-soft">{screenWords.viewer.loading}</p>}>
        <Match when={preview.isLoadingError}>
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
              <Leavings preview={found()} choices={choices()} onChoose={setChoices} />
              <button
                type="button"
                class="button button-quiet mt-2 self-start border-bad text-bad"
                onClick={() => setAsking(true)}
              >
                {words.deleteTitle}
              </button>
              <Show when={isAsking()}>
                <DeleteSheet
                  user={props.user}
                  remove={(password) => remove({ password, ...writeChoices(found(), choices()) })}
                  onClose={() => setAsking(false)}
                  onDeleted={leave}
                />
              </Show>
            </>
          )}
        </Match>
      </Switch>
    </Section>
  )
}
