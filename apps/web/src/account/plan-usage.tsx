// What the plan takes and how much of it is used: today, and in all. Asked again when sending has come to rest.
import { createEffect, createMemo, Match, on, Switch, type JSX } from 'solid-js'
import { api, type Outputs } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { useShoebox } from '../compose.ts'
import type { User } from '../session/session.ts'
import { accountWords } from '../words/account-words.ts'
import { sentenceForError, words } from '../words/words.ts'
import { Section } from './own-screen.tsx'

type Usage = Outputs['account']['usage']

export function PlanUsage(props: { user: User }): JSX.Element {
  const { uploads } = useShoebox()
  const query = useQuery<Usage>(
    // By person: whoever signs in next must not see the numbers of the one before.
    () => ({ ...api.account.usage.options(), queryKey: ['account.usage', props.user.id], staleTime: 0 }),
  )
  const isSending = createMemo(() => uploads.activeCount() > 0)
  createEffect(on(isSending, () => void query.refetch(), { defer: true }))

  return (
    <Section title={accountWords.planTitle}>
      <div class="min-h-40">
        <Switch>
          <Match when={query.data}>{(usage) => <UsageBars usage={usage()} />}</Match>
          <Match when={query.isLoadingError}>
            <p class="text-soft">{sentenceForError(query.error)}</p>
            <button type="button" class="link min-h-11" onClick={() => void query.refetch()}>
              {words.fault.retry}
            </button>
          </Match>
        </Switch>
      </div>
    </Section>
  )
}

export function UsageBars(props: { usage: Usage }): JSX.Element {
  return (
    <div class="flex flex-col gap-4">
      <p>{accountWords.plans[props.usage.plan]}</p>
      <Bar label={accountWords.usedToday} used={props.usage.day.usedBytes} limit={props.usage.day.limitBytes}>
        {accountWords.resetsAt(words.units.moment(new Date(props.usage.day.resetsAt)))}
      </Bar>
      <Bar label={accountWords.usedInAll} used={props.usage.total.usedBytes} limit={props.usage.total.limitBytes} />
    </div>
  )
}

function Bar(props: { label: string; used: number; limit: number; children?: JSX.Element }): JSX.Element {
  const share = () => Math.min(1, props.used / props.limit)
  const numbers = () => accountWords.usedOf(words.units.size(props.used), words.units.size(props.limit))
  return (
    <div class="flex flex-col gap-1">
      <p class="flex flex-wrap justify-between gap-x-4 text-sm">
        <span>{props.label}</span>
        <span class="text-soft tabular-nums">{numbers()}</span>
      </p>
      <div
        class="h-1 overflow-hidden rounded-full bg-sunken"
        role="meter"
        aria-label={props.label}
        aria-valuemin={0}
        aria-valuemax={props.limit}
        aria-valuenow={Math.min(props.used, props.limit)}
        aria-valuetext={numbers()}
      >
        <div class="h-full origin-left bg-accent" style={{ transform: `scaleX(${share()})` }} />
      </div>
      <p class="text-sm text-soft empty:hidden">{props.children}</p>
    </div>
  )
}
