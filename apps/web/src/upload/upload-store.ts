// What the screen knows of the uploads: rows and running totals, kept up by the queue's own reports. Totals change by
// what changed, never by counting again: 5,000 files stay cheap while four of them report progress.
import { batch, createMemo, createSignal } from 'solid-js'
import { createStore, produce, unwrap } from 'solid-js/store'
import { isActive, isHere, type ItemState, type UploadItem } from './upload-item.ts'

export type Totals = {
  byState: Record<ItemState, number>
  /** Of the files that are neither refused nor cancelled. */
  bytes: number
  sentBytes: number
}

const noneByState: Record<ItemState, number> = {
  waiting: 0,
  checking: 0,
  reserved: 0,
  sending: 0,
  received: 0,
  inspecting: 0,
  ready: 0,
  refused: 0,
  failed: 0,
  cancelled: 0,
  expired: 0,
}

const counts = (item: UploadItem): boolean => item.state !== 'refused' && item.state !== 'cancelled'

export function createUploadStore() {
  const [state, setState] = createStore<{ items: UploadItem[]; totals: Totals }>({
    items: [],
    totals: { byState: { ...noneByState }, bytes: 0, sentBytes: 0 },
  })

  // Lists of rows are made again at most this often, and from the plain objects: with thousands of files, following
  // every item through the store would cost more than sending them. Milliseconds.
  const everyMs = 120
  const [changes, setChanges] = createSignal(0)
  let timer: ReturnType<typeof setTimeout> | undefined
  const tellLater = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      setChanges((count) => count + 1)
    }, everyMs)
  }

  const [clearedBefore, setClearedBefore] = createSignal(0)
  /** Rows since the list was last cleared, without what was cancelled. */
  const shown = createMemo(() => {
    changes()
    return unwrap(state.items)
      .slice(clearedBefore())
      .filter((item) => item.state !== 'cancelled')
  })

  const weigh = (item: UploadItem, sign: 1 | -1) => {
    setState('totals', 'byState', item.state, (count) => count + sign)
    if (!counts(item)) return
    setState('totals', 'bytes', (bytes) => bytes + sign * item.file.size)
    setState('totals', 'sentBytes', (bytes) => bytes + sign * item.sentBytes)
  }

  const sum = (states: readonly ItemState[]) => states.reduce((total, name) => total + state.totals.byState[name], 0)
  const names = Object.keys(noneByState) as ItemState[]

  return {
    shown,
    /** The live object of a row; a shown one is how it was when the list was made. */
    live: (item: UploadItem): UploadItem => state.items[item.key] ?? item,
    /** Forgets what has ended. Only offered when nothing is under way, so the totals may begin again. */
    clear(): void {
      batch(() => {
        setClearedBefore(state.items.length)
        setState('totals', { byState: { ...noneByState }, bytes: 0, sentBytes: 0 })
      })
    },
    totals: () => state.totals,
    activeCount: () => sum(names.filter(isActive)),
    /** Files that leaving the page would lose. */
    hereCount: () => sum(names.filter(isHere)),

    onAdded(items: readonly UploadItem[]): void {
      batch(() => {
        setState(
          'items',
          produce((list) => list.push(...items.map((item) => ({ ...item })))),
        )
        for (const item of items) weigh(item, 1)
        setChanges((count) => count + 1)
      })
    },
    onChanged(after: UploadItem, before: UploadItem): void {
      batch(() => {
        weigh(before, -1)
        weigh(after, 1)
        setState('items', after.key, after)
      })
      if (after.state !== before.state) tellLater()
    },
  }
}
