import { useNavigate } from '@solidjs/router'
import { createSignal, Match, Show, Switch, type JSX } from 'solid-js'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { useQuery } from '../api/use-query.ts'
import { FormAlert } from '../session/form-frame.tsx'
import { Choice } from '../ui/choice.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { showToast } from '../ui/toasts.tsx'
import { groupWords } from '../words/group-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError, words } from '../words/words.ts'
import type { Found } from './group-query.tsx'

type Fate = 'keep' | 'withdraw' | 'handOver'
const fates: readonly Fate[] = ['keep', 'withdraw', 'handOver']

/** What leaving means: for what one added, for who decides afterwards, and, for the last one, for everything. */
export function LeaveSheet(props: { group: Found['group']; onClose: () => void }): JSX.Element {
  const navigate = useNavigate()
  const [items, setItems] = createSignal<Fate>('keep')
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  const preview = useQuery(() => ({ ...api.groups.leavePreview.options({ groupId: props.group.id }), staleTime: 0 }))

  const leave = async () => {
    setBusy(true)
    setAlert(undefined)
    try {
      await api.groups.leave.mutate({ groupId: props.group.id, items: items() })
      showToast(groupWords.left(props.group.name))
      navigate('/groups', { replace: true })
      queryClient.removeQueries({ queryKey: api.groups.find.key({ groupId: props.group.id }) })
      void queryClient.invalidateQueries({ queryKey: api.groups.mine.key() })
    } catch (error) {
      setAlert(sentenceForError(error))
      setBusy(false)
    }
  }

  return (
    <Sheet title={groupWords.leaveTitle} onClose={props.onClose}>
      <Switch fallback={<p class="pulse py-8 text-center">{screenWords.viewer.loading}</p>}>
        <Match when={preview.isLoadingError}>
          <FormAlert text={sentenceForError(preview.error)} />
        </Match>
        <Match when={preview.data}>
          {(data) => (
            <div class="flex flex-col gap-5">
              <FormAlert text={alert()} />
              <p class="text-soft">{data().isLast ? groupWords.leaveLast : groupWords.leaveWhat}</p>
              <Show when={data().successor}>{(next) => <p>{groupWords.leaveSuccessor(next().name)}</p>}</Show>
              <Show when={!data().isLast && data().items > 0}>
                <Choice
                  legend={groupWords.leaveMine(data().items, words.units.size(data().bytes))}
                  options={fates.map((value) => ({ value, name: groupWords.leaveChoices[value] }))}
                  value={items()}
                  onChoose={setItems}
                />
              </Show>
              <button
                type="button"
                class="button button-quiet min-h-12 border-bad text-bad"
                disabled={isBusy()}
                onClick={() => void leave()}
              >
                {groupWords.leave}
              </button>
            </div>
          )}
        </Match>
      </Switch>
    </Sheet>
  )
}
