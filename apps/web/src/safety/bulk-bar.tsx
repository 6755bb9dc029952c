import type { JSX } from 'solid-js'
import { decisions, type Decision } from '@shoebox/shared/safety/reasons.ts'
import { deskWords } from '../words/desk-words.ts'
import { DecisionButtons } from './case-view.tsx'
import { decisionsFor, type Case, type CaseId } from './decide.ts'

type BulkBarProps = {
  cases: readonly Case[]
  onClear: () => void
  onDecide: (decision: Decision, ids: CaseId[]) => void
}

/** What can be decided of at least one of those that are chosen is offered, and done to those it can be done to. */
export function BulkBar(props: BulkBarProps): JSX.Element {
  const possible = () => {
    const all = props.cases.flatMap(decisionsFor)
    return decisions.filter((decision) => all.includes(decision))
  }
  return (
    <div
      role="region"
      aria-label={deskWords.chosen(props.cases.length)}
      class="sticky bottom-[calc(72px+env(safe-area-inset-bottom))] z-10 flex flex-col gap-3 rounded-box border border-line bg-raised p-3 wide:bottom-4"
    >
      <p class="flex items-center gap-3">
        <span class="flex-1 font-medium">{deskWords.chosen(props.cases.length)}</span>
        <button type="button" class="link min-h-11 px-2" onClick={() => props.onClear()}>
          {deskWords.clear}
        </button>
      </p>
      <DecisionButtons
        decisions={possible()}
        onDecide={(decision) =>
          props.onDecide(
            decision,
            props.cases.filter((one) => decisionsFor(one).includes(decision)).map(({ id }) => id),
          )
        }
      />
    </div>
  )
}
