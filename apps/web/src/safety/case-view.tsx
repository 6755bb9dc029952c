// One case: what was reported, by whom and why, what there was before, and what can be decided.
import { A } from '@solidjs/router'
import { For, Match, Show, Switch, type JSX } from 'solid-js'
import { reportNoteCharactersMax, type Decision } from '@shoebox/shared/safety/reasons.ts'
import { serverNow } from '../api/server-clock.ts'
import type { Outputs } from '../api/client.ts'
import { Notice } from '../ui/notice.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { deskWords } from '../words/desk-words.ts'
import { reportWords } from '../words/report-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { words } from '../words/words.ts'
import { useCase } from './case-queries.ts'
import { CaseHistory } from './case-history.tsx'
import { CasePerson } from './case-person.tsx'
import { nameCase, placeOfCase } from './case-words.ts'
import { decisionsFor, type CaseId } from './decide.ts'
import { sentenceForDesk } from './desk-access.ts'
import { Evidence } from './evidence.tsx'

type Found = Outputs['desk']['case']

type CaseViewProps = {
  caseId: CaseId
  note: string
  onNote: (note: string) => void
  onDecide: (decision: Decision) => void
}

export function CaseView(props: CaseViewProps): JSX.Element {
  const found = useCase(() => props.caseId)
  return (
    <Switch fallback={<p class="pulse py-20 text-center text-soft">{screenWords.viewer.loading}</p>}>
      <Match when={found.data === undefined && found.error}>
        {(error) => (
          <Notice icon="warning" title={deskWords.caseFailedTitle} text={sentenceForDesk(error())} alert>
            <button type="button" class="button button-main" onClick={() => void found.refetch()}>
              {words.fault.retry}
            </button>
          </Notice>
        )}
      </Match>
      <Match when={found.data}>{(data) => <Case {...props} found={data()} />}</Match>
    </Switch>
  )
}

function Case(props: CaseViewProps & { found: Found }): JSX.Element {
  const shown = () => props.found.case
  const name = () => shown().person.name ?? deskWords.somebody
  const facts = () =>
    [placeOfCase(shown()), deskWords.states[shown().state], shown().person.isGone ? deskWords.accountGone : ''].filter(
      (text) => text !== '',
    )
  return (
    <article class="flex flex-col gap-5" aria-label={nameCase(shown())}>
      <header class="flex flex-col gap-1">
        <h2 class="text-xl font-semibold tracking-tight wrap-anywhere">{nameCase(shown())}</h2>
        <p class="flex flex-wrap gap-x-4 text-soft">
          <span>{facts().join(' · ')}</span>
          <Show when={!shown().person.isGone}>
            <A class="link" href={`/u/${shown().person.id}`}>
              {deskWords.toPage}
            </A>
            <A class="link" href={`/desk/people?id=${shown().person.id}&case=${shown().id}`}>
              {deskWords.toPerson(name())}
            </A>
          </Show>
        </p>
        <Show when={shown().decisionNote}>
          <p class="whitespace-pre-line wrap-anywhere">{shown().decisionNote}</p>
        </Show>
      </header>
      <Reported found={props.found} />
      <Decisions {...props} />
      <Show when={!shown().isOwn && !shown().person.isGone}>
        <CasePerson case={shown()} />
      </Show>
      <Show when={props.found.reports.length > 0}>
        <section class="flex flex-col gap-2">
          <h3 class="font-semibold">{deskWords.reportsTitle}</h3>
          <ul class="rounded-box border border-line">
            <For each={props.found.reports}>
              {(report) => (
                <li class="border-b border-line px-4 py-3 last:border-b-0">
                  <p class="flex flex-wrap items-baseline gap-x-2">
                    <span class="font-medium">{reportWords.reasons[report.reason]}</span>
                    <span class="text-sm text-soft">
                      {report.reporter.name ?? deskWords.somebody} ·{' '}
                      {screenWords.units.ago((serverNow() - Date.parse(report.createdAt)) / 1000)}
                    </span>
                  </p>
                  <Show when={report.note}>
                    <p class="whitespace-pre-line wrap-anywhere">{report.note}</p>
                  </Show>
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>
      <CaseHistory name={name()} history={props.found.history} />
    </article>
  )
}

function Reported(props: { found: Found }): JSX.Element {
  const shown = () => props.found.case
  return (
    <>
      <Show when={shown().evidence}>{(kept) => <Evidence evidence={kept()} name={nameCase(shown())} />}</Show>
      <Show when={shown().text}>
        <blockquote class="border-l-3 border-line pl-4 whitespace-pre-line wrap-anywhere">{shown().text}</blockquote>
      </Show>
      <Show when={shown().altText}>
        <p class="text-soft wrap-anywhere">
          {deskWords.altText}: {shown().altText}
        </p>
      </Show>
      <Show when={shown().evidence === null && shown().subjectKind === 'item'}>
        <p class="rounded-box border border-line bg-sunken px-4 py-6 text-center text-soft">{deskWords.noEvidence}</p>
      </Show>
    </>
  )
}

function Decisions(props: CaseViewProps & { found: Found }): JSX.Element {
  const possible = () => decisionsFor(props.found.case)
  return (
    <>
      <Show when={props.found.case.isOwn}>
        <p class="text-soft">{deskWords.isOwn}</p>
      </Show>
      <Show when={possible().length > 0}>
        <div class="flex flex-col gap-3">
          <TextArea
            label={deskWords.noteLabel}
            hint={deskWords.noteHint}
            rows={1}
            value={props.note}
            onInput={(text) => props.onNote(Array.from(text).slice(0, reportNoteCharactersMax).join(''))}
          />
          <DecisionButtons decisions={possible()} onDecide={props.onDecide} />
        </div>
      </Show>
    </>
  )
}

export const DecisionButtons = (props: {
  decisions: readonly Decision[]
  onDecide: (decision: Decision) => void
}): JSX.Element => (
  <div class="flex flex-wrap gap-2">
    <For each={props.decisions}>
      {(decision) => (
        <button
          type="button"
          class="button button-quiet flex-1 px-3 whitespace-nowrap"
          classList={{ 'border-bad text-bad': decision === 'remove' }}
          onClick={() => props.onDecide(decision)}
        >
          {deskWords.decisions[decision]}
        </button>
      )}
    </For>
  </div>
)
