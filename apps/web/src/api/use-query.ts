// Reads that are kept and asked anew, as stores. @tanstack/solid-query wraps each in a resource, and a resource suspends
// for a moment whenever what was shown from the cache is read anew: all that stands in the nearest <Suspense> leaves the
// page and comes back, without the focus and without what was just typed (TanStack/query#5010). Nothing suspends here.
import {
  InfiniteQueryObserver,
  QueryObserver,
  type InfiniteData,
  type InfiniteQueryObserverOptions,
  type InfiniteQueryObserverResult,
  type QueryKey,
  type QueryObserverOptions,
  type QueryObserverResult,
} from '@tanstack/query-core'
import { createComputed, on, onCleanup, untrack, type Accessor } from 'solid-js'
import { createStore } from 'solid-js/store'
import { queryClient } from './query-client.ts'

type Observer<Options, Result> = {
  readonly setOptions: (options: Options) => void
  readonly getCurrentResult: () => Result
  readonly subscribe: (listener: () => void) => () => void
}

function follow<Options, Result extends object>(
  observer: Observer<Options, Result>,
  options: Accessor<Options>,
): Result {
  // A copy: the store writes into what it is made of.
  const [result, setResult] = createStore<Result>({ ...observer.getCurrentResult() })
  const take = () => setResult(observer.getCurrentResult())
  onCleanup(observer.subscribe(take))
  take()
  const change = (next: Options) => {
    observer.setOptions(next)
    take()
  }
  createComputed(on(options, change, { defer: true }))
  return result
}

/** What a read has by now; `data` is undefined until it is there. Asks anew whenever `options` names another key. */
export function useQuery<T>(options: Accessor<QueryObserverOptions<T>>): QueryObserverResult<T> {
  return follow(new QueryObserver(queryClient, untrack(options)), options)
}

type PageOptions<Page, Cursor> = InfiniteQueryObserverOptions<Page, Error, InfiniteData<Page, Cursor>, QueryKey, Cursor>

/** The same for a list that comes a page at a time. */
export function useInfiniteQuery<Page, Cursor>(
  options: Accessor<PageOptions<Page, Cursor>>,
): InfiniteQueryObserverResult<InfiniteData<Page, Cursor>> {
  const observer = new InfiniteQueryObserver<Page, Error, InfiniteData<Page, Cursor>, QueryKey, Cursor>(
    queryClient,
    untrack(options),
  )
  return follow(observer, options)
}
