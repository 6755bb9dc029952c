import { Show, type JSX } from 'solid-js'
import { serverNow } from '../api/server-clock.ts'
import { deskWords } from '../words/desk-words.ts'
import { reportWords } from '../words/report-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { nameCase, placeOfCase } from './case-words.ts'
import type { Case } from './decide.ts'
import { EvidenceThumb } from './evidence.tsx'

type CaseRowProps = {
  case: Case
  isOpen: boolean
  isChosen: boolean
  onOpen: () => void
  /** Null: there is nothing to choose it for. */
  onChoose: (() => void) | null
}

const ago = (moment: string): string => screenWords.units.ago((serverNow() - Date.parse(moment)) / 1000)

export function CaseRow(props: CaseRowProps): JSX.Element {
  const about = () => [nameCase(props.case), placeOfCase(props.case)].filter((text) => text !== '').join(' ')
  const when = () =>
    props.case.decidedAt !== null && props.case.state !== 'quarantined'
      ? deskWords.decidedBy(props.case.decidedBy, ago(props.case.decidedAt))
      : deskWords.reportedAgo(props.case.reportCount, ago(props.case.openedAt))
  return (
    <li
      class="flex items-stretch border-b border-line last:border-b-0"
      classList={{ 'bg-sunken': props.isOpen }}
      data-case={props.case.id}
    >
      <Show when={props.onChoose}>
        {(choose) => (
          <label class="grid w-11 shrink-0 cursor-pointer place-items-center">
            <span class="sr-only">{deskWords.choose(about())}</span>
            <input type="checkbox" class="size-5" checked={props.isChosen} onChange={() => choose()()} />
          </label>
        )}
      </Show>
      <button
        type="button"
        class="flex min-w-0 flex-1 items-center gap-3 py-3 pr-3 text-left hover:bg-sunken focus-visible:-outline-offset-2"
        classList={{ 'pl-3': props.onChoose === null }}
        aria-current={props.isOpen}
        onClick={() => props.onOpen()}
      >
        <EvidenceThumb case={props.case} />
        <span class="min-w-0 flex-1">
          <span class="flex flex-wrap items-baseline gap-x-2">
            <span class="font-medium wrap-anywhere">{about()}</span>
            <Show when={props.case.state !== 'open'}>
              <span class="rounded-[6px] border border-line px-1.5 text-sm text-soft">
                {deskWords.states[props.case.state]}
              </span>
            </Show>
          </span>
          <span class="block truncate">
            {props.case.reasons.map((reason) => reportWords.reasons[reason]).join(', ')}
          </span>
          <span class="block text-sm text-soft">
            {deskWords.reports(props.case.reportCount)} · {when()}
          </span>
        </span>
      </button>
    </li>
  )
}
