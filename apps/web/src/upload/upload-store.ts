// What the screen knows of the uploads: rows and running totals, kept up by the queue's own reports. Totals change by
// what changed, never by counting again, and only rows that are looked at are followed: 5,000 files stay cheap while
// four of them report progress.
import { batch, createMemo, createSignal, type Accessor, type Signal } from 'solid-js'
import { isActive, isBroken, isHere, isOverDay, itemStates, type ItemState, type UploadItem } from './upload-item.ts'

export type Totals = {
  byState: Record<ItemState, number>
  /** Of the failed ones, those that are tried again unasked. */
  broken: number
  /** Of the refused ones, those that are tried again on the next day. */
  overDay: number
  /** Of the files that have arrived or still may. */
  bytes: number
  sentBytes: number
  /** How much has travelled, what was sent again included. */
  movedBytes: number
}

const startTotals = (): Totals => ({
  byState: Object.fromEntries(itemStates.map((state) => [state, 0])) as Record<ItemState, number>,
  broken: 0,
  overDay: 0,
  bytes: 0,
  sentBytes: 0,
  movedBytes: 0,
})

const counts = ({ state }: UploadItem): boolean => isActive(state) || state === 'ready'

function weigh(sums: Totals, item: UploadItem, sign: 1 | -1): void {
  sums.byState[item.state] += sign
  if (isBroken(item)) sums.broken += sign
  if (isOverDay(item)) sums.overDay += sign
  if (!counts(item)) return
  sums.bytes += sign * item.file.size
  sums.sentBytes += sign * item.sentBytes
}

function sumUp(items: readonly UploadItem[]): Totals {
  const sums = startTotals()
  for (const item of items) weigh(sums, item, 1)
  return sums
}

/** Lists of rows are made again at most this often. Milliseconds. */
const listEveryMs = 120

export function createUploadStore() {
  const items: UploadItem[] = []
  const rows = new Map<number, Signal<UploadItem>>()
  const [totals, setTotals] = createSignal(startTotals(), { equals: false })
  const [changes, setChanges] = createSignal(0)
  let timer: ReturnType<typeof setTimeout> | undefined
  const tellLater = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      setChanges((count) => count + 1)
    }, listEveryMs)
  }

  const cleared = new Set<number>()
  const listed = () => items.filter(({ key }) => !cleared.has(key))
  /** Rows without what was cleared or cancelled, as they stood when the list was made. */
  const shown = createMemo((): readonly UploadItem[] => {
    changes()
    return listed().filter(({ state }) => state !== 'cancelled')
  })

  const sum = (isSummed: (state: ItemState) => boolean) =>
    itemStates.filter(isSummed).reduce((total, state) => total + totals().byState[state], 0)

  return {
    shown,
    /** A row that is kept up from now on. */
    follow(item: UploadItem): Accessor<UploadItem> {
      const row = rows.get(item.key) ?? createSignal(items[item.key] ?? item)
      rows.set(item.key, row)
      return row[0]
    },
    /**
     * Forgets what is neither under way nor waits for a network; the reservation of a file that cannot be read stays,
     * since another tab may be sending it. Only offered when nothing is under way, so what has travelled may be counted anew. Returns
     * the keys of what it forgot.
     */
    clear(): number[] {
      const over = listed().flatMap((item) => (isActive(item.state) || isBroken(item) ? [] : [item.key]))
      for (const key of over) cleared.add(key)
      batch(() => {
        setTotals(sumUp(listed()))
        setChanges((count) => count + 1)
      })
      return over
    },
    totals,
    activeCount: createMemo(() => sum(isActive)),
    /** Files that this page is still to send. */
    hereCount: createMemo(() => sum(isHere)),

    onAdded(added: readonly UploadItem[]): void {
      batch(() => {
        setTotals((sums) => {
          for (const item of added) {
            items[item.key] = item
            weigh(sums, item, 1)
          }
          return sums
        })
        setChanges((count) => count + 1)
      })
    },
    onChanged(after: UploadItem, before: UploadItem): void {
      items[after.key] = after
      if (cleared.has(after.key)) return
      batch(() => {
        setTotals((sums) => {
          weigh(sums, before, -1)
          weigh(sums, after, 1)
          // What was found to be there has not moved now.
          if (before.state === 'sending')
            sums.movedBytes += Math.max(0, after.sentBytes - Math.max(before.sentBytes, before.arrivedBytes))
          return sums
        })
        rows.get(after.key)?.[1](after)
      })
      if (after.state !== before.state) tellLater()
    },
  }
}
