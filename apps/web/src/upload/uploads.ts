// The uploads of this visit as every screen reaches them; they survive all navigation. The queue itself is fetched when
// the page has come to rest, or with the first file.
import { createSignal } from 'solid-js'
import type { FeedItem } from '../feed/feed-item.ts'
import type { UploadQueue } from './upload-queue.ts'
import { createUploadStore } from './upload-store.ts'

export type Uploads = ReturnType<typeof createUploads>

export type UploadsDeps = {
  readonly onReady: (item: FeedItem) => void
  readonly onSignInNeeded: () => void
  readonly onUnavailable: () => void
}

export function createUploads(deps: UploadsDeps) {
  const store = createUploadStore()
  const [isHeld, setHeld] = createSignal(false)
  const [isExpanded, setExpanded] = createSignal(true)
  let isOpen = false
  let starting: Promise<UploadQueue> | null = null

  const start = (): Promise<UploadQueue> => {
    starting ??= import('./start-queue.ts').then(
      ({ startQueue }) => {
        const queue = startQueue({
          onAdded: store.onAdded,
          onChanged: store.onChanged,
          onReady: deps.onReady,
          onSignInNeeded: () => {
            setHeld(true)
            deps.onSignInNeeded()
          },
        })
        if (isOpen) queue.open()
        return queue
      },
      (error: unknown) => {
        starting = null
        throw error
      },
    )
    return starting
  }
  const withQueue = (use: (queue: UploadQueue) => void) => void start().then(use, deps.onUnavailable)

  return {
    ...store,
    isHeld,
    /** How many files wait for somebody to sign in. */
    heldCount: () => (isHeld() ? store.hereCount() : 0),
    isExpanded,
    setExpanded,
    prepare: () => void start().catch(() => undefined),
    add(files: readonly File[]): void {
      if (files.length === 0) return
      setExpanded(true)
      withQueue((queue) => queue.add(files))
    },
    /** Somebody is signed in. */
    open(): void {
      isOpen = true
      setHeld(false)
      void starting?.then((queue) => queue.open())
    },
    /** Nobody is any more. */
    close(): void {
      isOpen = false
      void starting?.then((queue) => queue.close())
    },
    cancel: (key: number) => withQueue((queue) => queue.cancel(key)),
    addAnyway: (key: number) => withQueue((queue) => queue.addAnyway(key)),
    retry: (keys: readonly number[]) => withQueue((queue) => queue.retry(keys)),
  }
}
