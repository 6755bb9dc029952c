// A list that comes a page at a time, in each of its states: on its way, failed, empty, there, and more of it.
import { Match, Show, Switch, type Accessor, type JSX } from 'solid-js'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError, words } from '../words/words.ts'
import { Notice } from './notice.tsx'

/** What useInfiniteQuery() knows of a list. */
export type Pages = {
  readonly isPending: boolean
  readonly isLoadingError: boolean
  readonly error: unknown
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly refetch: () => unknown
  readonly fetchNextPage: () => unknown
}

type PageListProps<Item> = {
  list: Pages
  items: readonly Item[]
  failedTitle: string
  sentenceFor?: (error: unknown) => string
  /** What stands in its place while it is on its way; without it, that it is. */
  waiting?: JSX.Element
  /** What stands in its place while there is nothing. */
  empty: JSX.Element
  children: (items: Accessor<readonly Item[]>) => JSX.Element
}

export function PageList<Item>(props: PageListProps<Item>): JSX.Element {
  const sentence = (error: unknown) => (props.sentenceFor ?? sentenceForError)(error)
  return (
    <Switch>
      <Match when={props.list.isPending}>
        {props.waiting ?? <p class="pulse py-20 text-center text-soft">{screenWords.viewer.loading}</p>}
      </Match>
      <Match when={props.list.isLoadingError}>
        <Notice icon="warning" title={props.failedTitle} text={sentence(props.list.error)} alert>
          <button type="button" class="button button-main" onClick={() => props.list.refetch()}>
            {words.fault.retry}
          </button>
        </Notice>
      </Match>
      <Match when={props.items.length === 0}>{props.empty}</Match>
      <Match when={true}>
        {props.children(() => props.items)}
        <Show when={props.list.error}>
          {(error) => (
            <p role="alert" class="text-center text-bad">
              {sentence(error())}
            </p>
          )}
        </Show>
        <Show when={props.list.hasNextPage}>
          <button
            type="button"
            class="button button-quiet self-center"
            disabled={props.list.isFetchingNextPage}
            onClick={() => props.list.fetchNextPage()}
          >
            {screenWords.feed.more}
          </button>
        </Show>
      </Match>
    </Switch>
  )
}
