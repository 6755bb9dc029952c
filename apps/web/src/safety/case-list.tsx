import { For, Match, Switch, type JSX } from 'solid-js'
import { Notice } from '../ui/notice.tsx'
import { PageList } from '../ui/page-list.tsx'
import { deskWords } from '../words/desk-words.ts'
import { CaseRow } from './case-row.tsx'
import { decisionsFor, type Case, type CaseId } from './decide.ts'
import { sentenceForDesk } from './desk-access.ts'
import type { CaseFilter } from './queue-filter.tsx'
import type { Queue } from './use-queue.ts'

type CaseListProps = {
  list: Queue['query']
  cases: readonly Case[]
  filter: CaseFilter
  openId: CaseId | null
  chosen: ReadonlySet<CaseId>
  onOpen: (id: CaseId) => void
  onChoose: (id: CaseId) => void
}

export function CaseList(props: CaseListProps): JSX.Element {
  return (
    <PageList
      list={props.list}
      items={props.cases}
      failedTitle={deskWords.listFailedTitle}
      sentenceFor={sentenceForDesk}
      empty={<NoCases filter={props.filter} />}
    >
      {(shown) => (
        <ul aria-label={deskWords.queueLabel} class="overflow-hidden rounded-box border border-line">
          <For each={shown()}>
            {(one) => (
              <CaseRow
                case={one}
                isOpen={one.id === props.openId}
                isChosen={props.chosen.has(one.id)}
                onOpen={() => props.onOpen(one.id)}
                onChoose={decisionsFor(one).length === 0 ? null : () => props.onChoose(one.id)}
              />
            )}
          </For>
        </ul>
      )}
    </PageList>
  )
}

const NoCases = (props: { filter: CaseFilter }): JSX.Element => (
  <Switch fallback={<Notice icon="check" title={deskWords.emptyTitle} text={deskWords.empty} />}>
    <Match when={props.filter.subjectKind !== undefined || props.filter.place !== undefined}>
      <Notice icon="filter" title={deskWords.nothingSoTitle} text={deskWords.nothingSo} />
    </Match>
    <Match when={props.filter.isDecided}>
      <Notice icon="check" title={deskWords.emptyDecidedTitle} text={deskWords.emptyDecided} />
    </Match>
  </Switch>
)
