// The desk's tab for administrators: how every part of the system is, and what needs somebody.
import { createEffect, createMemo, For, Match, on, Show, Switch, type JSX } from 'solid-js'
import { api, type Outputs } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { Notice } from '../ui/notice.tsx'
import { announce } from '../ui/announcer.tsx'
import { healthWords } from '../words/health-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { words } from '../words/words.ts'
import { sentenceForDesk } from './desk-access.ts'
import { CanaryFacts, QueueTable, ReconcilerFacts, StorageFacts, TaskTable, UploadFacts } from './health-sections.tsx'
import { StateMark } from './state-mark.tsx'

type System = Outputs['admin']['system']

const systemWords = healthWords.system
const everyMs = 30_000

export function HealthTab(): JSX.Element {
  const system = useQuery<System>(
    // Kept for nobody who signs in next.
    () => ({ ...api.admin.system.options(), staleTime: 0, gcTime: 0, refetchInterval: everyMs }),
  )
  return (
    <Switch fallback={<p class="pulse py-20 text-center text-soft">{healthWords.loading}</p>}>
      <Match when={system.data === undefined && system.error}>
        {(error) => (
          <Notice icon="warning" title={words.fault.title} text={sentenceForDesk(error())} alert>
            <button type="button" class="button button-main" onClick={() => void system.refetch()}>
              {words.fault.retry}
            </button>
          </Notice>
        )}
      </Match>
      <Match when={system.data}>{(known) => <SystemFacts system={known()} />}</Match>
    </Switch>
  )
}

export const SystemFacts = (props: { system: System }): JSX.Element => (
  <div class="fade flex flex-col gap-8">
    <Show when={props.system.observedAt} fallback={<p class="text-soft">{systemWords.neverSeen}</p>}>
      {(seenAt) => <Troubles troubles={props.system.troubles} seenAt={seenAt()} readAt={props.system.readAt} />}
    </Show>
    <div class="grid gap-8 wide:grid-cols-2">
      <QueueTable system={props.system} />
      <TaskTable system={props.system} />
      <UploadFacts system={props.system} />
      <StorageFacts system={props.system} />
      <CanaryFacts system={props.system} />
      <ReconcilerFacts system={props.system} />
    </div>
  </div>
)

function Troubles(props: { troubles: System['troubles']; seenAt: string; readAt: string }): JSX.Element {
  const seen = () =>
    systemWords.seen(screenWords.units.ago((Date.parse(props.readAt) - Date.parse(props.seenAt)) / 1000))
  const title = createMemo(() => (props.troubles.length === 0 ? systemWords.wellTitle : systemWords.troublesTitle))
  createEffect(on(title, announce, { defer: true }))
  return (
    <section class="flex flex-col gap-2 rounded-box border border-line p-4">
      <h2 class="flex items-center gap-2.5 text-lg font-semibold">
        <StateMark state={props.troubles.length === 0 ? 'up' : 'down'} />
        {title()}
      </h2>
      <Show when={props.troubles.length > 0} fallback={<p>{systemWords.well}</p>}>
        <ul class="flex list-disc flex-col gap-1 pl-5">
          <For each={props.troubles}>
            {({ code, part, count }) => <li>{systemWords.troubles[code](part ?? '', count)}</li>}
          </For>
        </ul>
      </Show>
      <p class="text-sm text-soft">{seen()}</p>
    </section>
  )
}
