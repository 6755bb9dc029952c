// A read that belongs to what is on the stage. Not useQuery(): its data is a resource, and one that is read a moment too
// soon suspends the page, which takes the dialog out of the document and back. A modal dialog does not survive that, and
// neither does a film that plays.
import { createEffect, createSignal, onCleanup, type Accessor } from 'solid-js'
import { queryClient } from '../api/query-client.ts'

type Ask<T> = {
  readonly queryKey: readonly unknown[]
  readonly queryFn: (context: { signal: AbortSignal }) => Promise<T>
}

export type Answer<T> = {
  /** Undefined until it is there. */
  readonly data: Accessor<T | undefined>
  readonly isFailed: Accessor<boolean>
  readonly retry: () => void
}

/** Asks again whenever `ask` changes; null asks nothing. What the cache has is there at once. */
export function askOnce<T>(ask: Accessor<Ask<T> | null>): Answer<T> {
  const [data, setData] = createSignal<T>()
  const [isFailed, setFailed] = createSignal(false)
  const [tries, setTries] = createSignal(0)
  createEffect(() => {
    tries()
    const wanted = ask()
    let isStale = false
    onCleanup(() => (isStale = true))
    setFailed(false)
    setData(() => (wanted === null ? undefined : queryClient.getQueryData<T>(wanted.queryKey)))
    if (wanted === null) return
    queryClient.query(wanted).then(
      (answer) => isStale || setData(() => answer),
      () => isStale || setFailed(true),
    )
  })
  return { data, isFailed, retry: () => setTries((count) => count + 1) }
}
