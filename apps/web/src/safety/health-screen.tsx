// Whether Shoebox works, for anybody: no account, no numbers.
import { createEffect, createMemo, For, Match, on, Switch, type JSX } from 'solid-js'
import { publicParts, type PartState } from '@shoebox/shared/operations/judge-parts.ts'
import { serverNow } from '../api/server-clock.ts'
import { useQuery } from '../api/use-query.ts'
import { Notice } from '../ui/notice.tsx'
import { useTitle } from '../ui/use-title.ts'
import { announce } from '../ui/announcer.tsx'
import { healthWords } from '../words/health-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { readHealth, summarise, type KnownHealth } from './read-health.ts'
import { StateMark } from './state-mark.tsx'

const everyMs = 60_000

export function HealthScreen(): JSX.Element {
  useTitle(() => healthWords.title)
  const health = useQuery<KnownHealth>(() => ({
    queryKey: ['health'],
    queryFn: ({ signal }) => readHealth(signal),
    staleTime: 0,
    // What was seen before the last look says nothing of now.
    gcTime: 0,
    retry: 1,
    networkMode: 'always',
    refetchInterval: everyMs,
  }))
  return (
    <Switch fallback={<p class="pulse py-20 text-center text-soft">{healthWords.loading}</p>}>
      <Match when={health.isError}>
        <Notice icon="warning" title={healthWords.gone} text={healthWords.goneMeans} alert isPage>
          <button type="button" class="button button-main" onClick={() => void health.refetch()}>
            {healthWords.retry}
          </button>
        </Notice>
      </Match>
      <Match when={health.data}>{(known) => <Health health={known()} />}</Match>
    </Switch>
  )
}

function Health(props: { health: KnownHealth }): JSX.Element {
  const all = createMemo(() => summarise(props.health))
  createEffect(on(all, (state) => announce(healthWords.headline[state]), { defer: true }))
  return (
    <div class="fade mx-auto flex max-w-140 flex-col gap-7 px-5 pt-8 pb-16 wide:pt-16">
      <header class="flex flex-col gap-2">
        <h1 class="flex items-start gap-3 text-[1.75rem] leading-tight font-semibold tracking-tight wrap-anywhere">
          <span class="mt-1">
            <StateMark state={all()} sizePx={28} />
          </span>
          {healthWords.headline[all()]}
        </h1>
        <p class="text-soft">{healthWords.means[all()]}</p>
      </header>
      <ul aria-label={healthWords.partsLabel} class="rounded-box border border-line">
        <Part name={healthWords.site} state={props.health.isReady ? 'up' : 'down'} />
        <For each={publicParts}>
          {(part) => <Part name={healthWords.parts[part]} state={props.health.parts[part]} />}
        </For>
      </ul>
      <p class="text-sm text-soft">{describeCanary(props.health.canary)}</p>
    </div>
  )
}

const Part = (props: { name: string; state: PartState }): JSX.Element => (
  <li class="flex min-h-13 items-center gap-3 border-b border-line px-4 last:border-b-0">
    <span class="flex-1 font-medium">{props.name}</span>
    <span class="text-sm text-soft">{healthWords.states[props.state]}</span>
    <StateMark state={props.state} />
  </li>
)

const describeCanary = (canary: KnownHealth['canary']): string =>
  canary === null
    ? healthWords.noCanary
    : healthWords.canary(screenWords.units.ago((serverNow() - Date.parse(canary.endedAt)) / 1000), canary.isOk)
