import { For, Match, Show, Switch, type JSX } from 'solid-js'
import { Notice } from '../ui/notice.tsx'
import { deskWords } from '../words/desk-words.ts'
import { words } from '../words/words.ts'
import { CaseRow } from './case-row.tsx'
import { decisionsFor, type Case, type CaseId } from './decide.ts'
import { sentenceForDesk } from './desk-access.ts'
import type { CaseFilter } from './queue-filter.tsx'

type CaseListProps = {
  /** What useInfiniteQuery() knows of them. */
  list: {
    readonly isPending: boolean
    readonly error: unknown
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly refetch: () => unknown
    readonly fetchNextPage: () => unknown
  }
  cases: readonly Case[]
  filter: CaseFilter
  openId: CaseId | null
  chosen: ReadonlySet<CaseId>
  onOpen: (id: CaseId) => void
  onChoose: (id: CaseId) => void
}

export function CaseList(props: CaseListProps): JSX.Element {
  const isFiltered = () => props.filter.subjectKind !== undefined || props.filter.place !== undefined
  return (
    <Switch>
      <Match when={props.list.isPending}>
        <p class="pulse py-20 text-center text-soft">{words.viewer.loading}</p>
      </Match>
      <Match when={props.cases.length === 0 && props.list.error}>
        {(error) => (
          <Notice icon="warning" title={deskWords.listFailedTitle} text={sentenceForDesk(error())} alert>
            <button type="button" class="button button-main" onClick={() => props.list.refetch()}>
              {words.fault.retry}
            </button>
          </Notice>
        )}
      </Match>
      <Match when={props.cases.length === 0 && isFiltered()}>
        <Notice icon="filter" title={deskWords.nothingSoTitle} text={deskWords.nothingSo} />
      </Match>
      <Match when={props.cases.length === 0 && props.filter.isDecided}>
        <Notice icon="check" title={deskWords.emptyDecidedTitle} text={deskWords.emptyDecided} />
      </Match>
      <Match when={props.cases.length === 0}>
        <Notice icon="check" title={deskWords.emptyTitle} text={deskWords.empty} />
      </Match>
      <Match when={true}>
        <ul aria-label={deskWords.queueLabel} class="overflow-hidden rounded-box border border-line">
          <For each={props.cases}>
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
        <Show when={props.list.hasNextPage}>
          <button
            type="button"
            class="button button-quiet self-center"
            disabled={props.list.isFetchingNextPage}
            onClick={() => props.list.fetchNextPage()}
          >
            {deskWords.more}
          </button>
        </Show>
      </Match>
    </Switch>
  )
}
