// The parts of the tab about the system, one for each thing that is looked at.
import { For, Show, type JSX } from 'solid-js'
import { dollarsPerMonth } from '@shoebox/shared/operations/storage-cost.ts'
import type { Outputs } from '../api/client.ts'
import { healthWords } from '../words/health-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { words } from '../words/words.ts'
import { StateMark } from './state-mark.tsx'

type System = Outputs['admin']['system']
type About = { system: System }

const systemWords = healthWords.system

const agoOf = (system: System, at: string): string =>
  screenWords.units.ago((Date.parse(system.readAt) - Date.parse(at)) / 1000)

const Section = (props: { title: string; children: JSX.Element }): JSX.Element => (
  <section class="flex min-w-0 flex-col gap-3">
    <h2 class="text-lg font-semibold">{props.title}</h2>
    {props.children}
  </section>
)

/** A table that is wider than a phone moves by itself, not the page. */
const Table = (props: { label: string; head: readonly string[]; children: JSX.Element }): JSX.Element => (
  <div class="overflow-x-auto rounded-box border border-line" tabindex="0" role="region" aria-label={props.label}>
    <table class="w-full text-sm tabular-nums">
      <thead>
        <tr class="border-b border-line text-soft">
          <For each={props.head}>
            {(title, index) => (
              <th
                scope="col"
                class={`px-1.5 py-2 first:pl-3 last:pr-3 font-medium wide:px-3 ${index() === 0 ? 'text-left' : 'text-right'}`}
              >
                {title}
              </th>
            )}
          </For>
        </tr>
      </thead>
      <tbody>{props.children}</tbody>
    </table>
  </div>
)

const Cell = (props: { children: JSX.Element; isBad?: boolean }): JSX.Element => (
  <td
    class="px-1.5 py-2 first:pl-3 last:pr-3 text-right whitespace-nowrap wide:px-3"
    classList={{ 'font-semibold text-bad': props.isBad === true }}
  >
    {props.children}
  </td>
)

export const QueueTable = (props: About): JSX.Element => (
  <Section title={systemWords.queuesTitle}>
    <Show when={props.system.queues} fallback={<p class="text-soft">{systemWords.notAnswered}</p>}>
      {(queues) => (
        <Table
          label={systemWords.queuesTitle}
          head={[systemWords.queue, systemWords.waiting, systemWords.inFlight, systemWords.oldest, systemWords.dead]}
        >
          <For each={queues()}>
            {(queue) => (
              <tr class="border-b border-line last:border-b-0">
                <th scope="row" class="px-1.5 py-2 first:pl-3 last:pr-3 text-left font-medium wide:px-3">
                  {queue.name}
                </th>
                <Cell>{systemWords.count(queue.waiting)}</Cell>
                <Cell>{systemWords.count(queue.inFlight)}</Cell>
                <Cell isBad={queue.isSlow}>
                  {queue.oldestSeconds === null ? systemWords.none : systemWords.span(queue.oldestSeconds)}
                </Cell>
                <Cell isBad={queue.deadLetters > 0}>{systemWords.count(queue.deadLetters)}</Cell>
              </tr>
            )}
          </For>
        </Table>
      )}
    </Show>
  </Section>
)

export const TaskTable = (props: About): JSX.Element => (
  <Section title={systemWords.tasksTitle}>
    <Show when={props.system.tasks.length === 0}>
      <p class="text-soft">{systemWords.noTask}</p>
    </Show>
    <ul class="rounded-box border border-line empty:hidden">
      <For each={props.system.tasks}>
        {(task) => (
          <li class="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-2 last:border-b-0">
            <StateMark state={task.isOk && !task.isLate ? 'up' : 'down'} />
            <span class="min-w-0 flex-1 basis-3/4 wide:basis-0">
              <span class="font-medium">{task.task}</span>
              <span class="block text-sm text-soft">{systemWords.taskMeans[task.task] ?? ''}</span>
            </span>
            <span class="basis-full pl-8 text-sm wide:basis-auto wide:pl-0 wide:text-right">
              <span classList={{ 'font-semibold text-bad': !task.isOk || task.isLate }}>
                {agoOf(props.system, task.endedAt)}, {describeRound(task)}
              </span>
              <span class="block text-soft">
                {systemWords.took((Date.parse(task.endedAt) - Date.parse(task.startedAt)) / 1000)}
                {task.everyMinutes === null ? '' : `, ${systemWords.every(task.everyMinutes)}`}
              </span>
            </span>
          </li>
        )}
      </For>
    </ul>
  </Section>
)

const describeRound = ({ isOk, isLate }: System['tasks'][number]): string =>
  isOk ? (isLate ? systemWords.late : systemWords.ok) : systemWords.failed

/** `notes`: said below the value, each on its own line. */
type Fact = { name: string; value: string; notes?: readonly string[]; isBad?: boolean }

const Facts = (props: { facts: readonly Fact[] }): JSX.Element => (
  <dl class="rounded-box border border-line text-sm">
    <For each={props.facts}>
      {({ name, value, notes, isBad }) => (
        <div class="flex justify-between gap-4 border-b border-line px-3 py-2 last:border-b-0">
          <dt class="text-soft">{name}</dt>
          <dd class="text-right tabular-nums">
            <span classList={{ 'font-semibold text-bad': isBad === true }}>{value}</span>
            <For each={notes}>{(note) => <span class="block whitespace-nowrap text-soft">{note}</span>}</For>
          </dd>
        </div>
      )}
    </For>
  </dl>
)

export function UploadFacts(props: About): JSX.Element {
  const facts = (uploads: NonNullable<System['uploads']>): Fact[] =>
    (['reserved', 'stuck', 'givenUp', 'undeleted'] as const).map((name) => ({
      name: systemWords.uploads[name],
      value: systemWords.count(uploads[name]),
      isBad: name !== 'reserved' && uploads[name] > 0,
    }))
  return (
    <Section title={systemWords.uploadsTitle}>
      <Show when={props.system.uploads} fallback={<p class="text-soft">{systemWords.notAnswered}</p>}>
        {(uploads) => <Facts facts={facts(uploads())} />}
      </Show>
    </Section>
  )
}

export function StorageFacts(props: About): JSX.Element {
  const facts = (storage: NonNullable<System['storage']>): Fact[] =>
    storage.kinds.map(({ kind, items, bytes }) => ({
      name: systemWords.storageKinds[kind],
      value: systemWords.stored(items, words.units.size(bytes)),
    }))
  return (
    <Section title={systemWords.storageTitle}>
      <Show when={props.system.storage} fallback={<p class="text-soft">{systemWords.notAnswered}</p>}>
        {(storage) => (
          <>
            <Show when={storage().kinds.length > 0} fallback={<p class="text-soft">{systemWords.nothingStored}</p>}>
              <Facts facts={facts(storage())} />
            </Show>
            <p class="text-sm text-soft">{systemWords.counted(agoOf(props.system, storage().countedAt))}</p>
          </>
        )}
      </Show>
    </Section>
  )
}

export function CanaryFacts(props: About): JSX.Element {
  const facts = ({ verdicts }: NonNullable<System['canary']>): Fact[] =>
    verdicts.map(({ kind, isOk, stepsMs, trouble }) => ({
      name: systemWords.storageKinds[kind],
      value: trouble ?? systemWords.arrived(Object.values(stepsMs).reduce((sum, ms) => sum + ms, 0) / 1000),
      isBad: !isOk,
    }))
  return (
    <Section title={systemWords.canaryTitle}>
      <Show when={props.system.canary} fallback={<p class="text-soft">{healthWords.noCanary}</p>}>
        {(canary) => (
          <>
            <Facts facts={facts(canary())} />
            <p class="text-sm text-soft">{systemWords.seen(agoOf(props.system, canary().endedAt))}</p>
          </>
        )}
      </Show>
    </Section>
  )
}

export function ReconcilerFacts(props: About): JSX.Element {
  const facts = ({ found }: NonNullable<System['reconciler']>): Fact[] =>
    Object.entries(found).map(([kind, { count, bytes, repaired }]) => ({
      name: systemWords.findings[kind] ?? kind,
      value: systemWords.stored(count, words.units.size(bytes)),
      notes: [
        // What is missing costs nothing.
        ...(kind.startsWith('stray_') ? [systemWords.wasted(dollarsPerMonth(bytes))] : []),
        ...(repaired > 0 ? [systemWords.mended(repaired)] : []),
      ],
      isBad: count > repaired,
    }))
  return (
    <Section title={systemWords.reconcilerTitle}>
      <Show when={props.system.reconciler} fallback={<p class="text-soft">{systemWords.neverCompared}</p>}>
        {(last) => (
          <>
            <p>{systemWords.compared(last().rows, last().objects, agoOf(props.system, last().endedAt))}</p>
            <Show when={facts(last()).length > 0} fallback={<p class="text-soft">{systemWords.agree}</p>}>
              <Facts facts={facts(last())} />
            </Show>
          </>
        )}
      </Show>
    </Section>
  )
}
