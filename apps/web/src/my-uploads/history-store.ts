// Everything the person ever uploaded, page by page, newest first; what is not settled yet is asked for again.
import { createSignal } from 'solid-js'
import { watchedMaxPerCall } from '@shoebox/shared/upload/policy.ts'
import type { Outputs } from '../api/client.ts'
import { isRefusedWith } from '../api/refusal.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { createArrivedParts, type Arrived, type ListParts } from './arrived-parts.ts'

export type HistoryPage = Outputs['uploads']['mine']
export type HistoryItem = HistoryPage['items'][number] & {
  /** Of what goes in parts and is not finished. Left out where that is not known. */
  readonly arrived?: Arrived
}

export type HistoryDeps = {
  readonly mine: (cursor: MediaId | null) => Promise<HistoryPage>
  readonly watch: (mediaIds: MediaId[]) => Promise<Outputs['uploads']['watch']['items']>
  readonly listParts: ListParts
  readonly cancel: (mediaId: MediaId) => Promise<unknown>
}

export type History = ReturnType<typeof createHistory>

export function createHistory(deps: HistoryDeps) {
  const [items, setItems] = createSignal<readonly HistoryItem[]>([])
  const [state, setState] = createSignal<'loading' | 'ready' | 'end' | 'failed'>('loading')
  const [failure, setFailure] = createSignal<unknown>(null)
  let cursor: MediaId | null = null
  /** An answer counts while nothing was asked for after it: a page that joins a list begun anew would leave a gap. */
  let turn = 0

  const patch = (mediaId: MediaId, change: Partial<HistoryItem>) =>
    setItems((before) => before.map((item) => (item.mediaId === mediaId ? { ...item, ...change } : item)))
  const arrivedParts = createArrivedParts(deps.listParts, items, (mediaId, arrived) => patch(mediaId, { arrived }))

  const load = async (from: MediaId | null) => {
    const asked = (turn += 1)
    setState('loading')
    try {
      const page = await deps.mine(from)
      if (asked !== turn) return
      cursor = page.nextCursor
      // Begun while the page was read: seen before.
      const known = new Set(page.items.map(({ mediaId }) => mediaId))
      const read = page.items.map((item) => arrivedParts.addTo(item))
      setItems((before) => (from === null ? read : [...before.filter((each) => !known.has(each.mediaId)), ...read]))
      setState(cursor === null ? 'end' : 'ready')
      void arrivedParts.look()
    } catch (error) {
      if (asked !== turn) return
      // What failed is tried again, not what comes after it.
      cursor = from
      setFailure(error)
      setState('failed')
    }
  }

  const openIds = () => items().flatMap((item) => (item.state === 'reserved' ? [item.mediaId] : []))

  /** Whether what was open has its end by now. */
  const refresh = async () => {
    const asked = openIds().slice(0, watchedMaxPerCall)
    if (asked.length === 0) return
    for (const answer of await deps.watch(asked)) if (answer.state !== 'reserved') patch(answer.mediaId, answer)
  }

  return {
    items,
    state,
    failure,
    openIds,
    reload: () => load(null),
    loadMore: () => load(cursor),
    refresh,
    /** The list is seen no more. */
    stop: arrivedParts.stop,
    /** Gives reservations back. Answers how many had their end already. */
    async cancel(mediaIds: readonly MediaId[]): Promise<number> {
      let lateCount = 0
      for (const mediaId of mediaIds) {
        try {
          await deps.cancel(mediaId)
          patch(mediaId, { state: 'cancelled' })
        } catch (error) {
          if (!isRefusedWith(error, 'upload_settled')) throw error
          lateCount += 1
        }
      }
      if (lateCount > 0) await refresh()
      return lateCount
    },
  }
}

/** What an upload is counted under: its state, or why it was refused. */
export type Cause = Exclude<HistoryItem['state'], 'refused'> | NonNullable<HistoryItem['reason']>

export const causeOf = ({ state, reason }: HistoryItem): Cause =>
  state === 'refused' ? (reason ?? 'type_unknown') : state

/** How many there are of each cause, the most frequent first. */
export function countCauses(items: readonly HistoryItem[]): { cause: Cause; count: number }[] {
  const counts = Map.groupBy(items, causeOf)
  return [...counts].map(([cause, members]) => ({ cause, count: members.length })).toSorted((a, b) => b.count - a.count)
}
