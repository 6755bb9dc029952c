// The uploads of this visit as every screen reaches them; they survive all navigation. The queue itself is fetched when
// the page has come to rest, or with the first file.
import { createSignal } from 'solid-js'
import type { Id } from '@shoebox/shared/ids.ts'
import type { FeedItem, MediaId } from '../feed/feed-item.ts'
import { currentPlace, type Destination } from './destination.ts'
import { createLazyQueue, loadQueue } from './lazy-queue.ts'
import type { QueueEvents } from './start-queue.ts'
import { createUploadStore } from './upload-store.ts'

export type Uploads = ReturnType<typeof createUploads>

export type UploadsDeps = {
  readonly onReady: (items: readonly FeedItem[], destination: Destination) => void
  readonly onSignInNeeded: () => void
  readonly onUnavailable: () => void
  /** Files were added where nothing can be added. */
  readonly onNoPlace: () => void
  readonly onUnfinished: QueueEvents['onUnfinished']
}

export function createUploads(deps: UploadsDeps, load = loadQueue) {
  const store = createUploadStore()
  const [isHeld, setHeld] = createSignal(false)
  const [isExpanded, setExpanded] = createSignal(true)
  const [waits, setWaits] = createSignal(0)
  const [kept, setKept] = createSignal(0)
  let lastUser: Id<'user'> | null = null
  const preparing = createPreparing()
  const readyListeners = new Set<UploadsDeps['onReady']>()
  const queue = createLazyQueue(
    {
      onAdded: store.onAdded,
      onChanged: store.onChanged,
      onReady: (items, destination) => {
        deps.onReady(items, destination)
        for (const tell of readyListeners) tell(items, destination)
      },
      onWaiting: (change) => setWaits((count) => count + change),
      onKept: setKept,
      onUnfinished: deps.onUnfinished,
      onSignInNeeded: () => {
        setHeld(true)
        deps.onSignInNeeded()
      },
    },
    deps.onUnavailable,
    load,
  )

  const isAllKept = () => kept() >= store.hereCount() + store.totals().broken

  return {
    ...store,
    ...preparing,
    isHeld,
    /** Leaving the page would lose nothing: what is still to be sent or tried again is kept on this device. */
    isAllKept,
    /** Nobody should load the page anew unasked: it is sending, or would lose what it tries again, now or tomorrow. */
    needsPage: () => store.hereCount() > 0 || !isAllKept() || store.totals().overDay > 0,
    /** Something is tried again and again, and the network is said to be there. */
    isStruggling: () => waits() > 0,
    /** How many files wait for somebody to sign in. */
    heldCount: () => (isHeld() ? store.hereCount() : 0),
    isExpanded,
    setExpanded,
    prepare: queue.prepare,
    /** Calls back with what becomes ready, until the returned function is called. */
    onReady(tell: UploadsDeps['onReady']): () => void {
      readyListeners.add(tell)
      return () => readyListeners.delete(tell)
    },
    /**
     * Adds files to a place, by default where the page at hand puts things. `goOnWith`: which unfinished upload they are
     * said to be. False: they could not be taken.
     */
    async add(files: readonly File[], destination: Destination | null = currentPlace(), goOnWith?: MediaId) {
      if (destination === null) {
        deps.onNoPlace()
        return false
      }
      if (store.activeCount() === 0) setExpanded(true)
      // Until the queue has come, nothing else holds them.
      const end = queue.isThere() ? undefined : preparing.startPreparing()
      return queue.use((line) => line.add(files, destination, goOnWith)).finally(end)
    },
    /**
     * Somebody is signed in. What another person left here is neither sent in their name nor shown to them. The list
     * does not say whether anything is left: the queue may not have come yet.
     */
    open(userId: Id<'user'>): void {
      if (lastUser !== null && lastUser !== userId) {
        queue.useStarted((line) => {
          line.abandon()
          store.clear()
        })
      }
      lastUser = userId
      setHeld(false)
      queue.open(userId)
    },
    /** Nobody is any more. */
    close: queue.close,
    ...createActions(queue, store),
  }
}

/** What people do about what they added. */
function createActions(
  { use, useStarted }: ReturnType<typeof createLazyQueue>,
  store: Pick<ReturnType<typeof createUploadStore>, 'clear'>,
) {
  const [isPaused, setPaused] = createSignal(false)
  return {
    isPaused,
    pause(): void {
      setPaused(true)
      void use((line) => line.pause())
    },
    resume(): void {
      setPaused(false)
      void use((line) => line.resume())
    },
    cancel: (keys: readonly number[]) => void use((line) => keys.forEach((key) => line.cancel(key))),
    addAnyway: (keys: readonly number[]) => void use((line) => line.addAnyway(keys)),
    retry: (keys: readonly number[]) => void use((line) => line.retry(keys)),
    clear(): void {
      const keys = store.clear()
      useStarted((line) => line.dismiss(keys))
    },
  }
}

/** Pickers and drops that have not handed over their files yet. */
function createPreparing() {
  const [preparing, setPreparing] = createSignal(0)
  return {
    isPreparing: () => preparing() > 0,
    /** Returns what ends it. */
    startPreparing(): () => void {
      let isOver = false
      setPreparing((count) => count + 1)
      return () => {
        if (!isOver) setPreparing((count) => count - 1)
        isOver = true
      }
    },
  }
}
