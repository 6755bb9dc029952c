// The queue, fetched when it is first needed. What is asked of it before then is done in order once it is there.
import type { Id } from '@shoebox/shared/ids.ts'
import type { QueueEvents, StartedQueue } from './start-queue.ts'
import type { UploadQueue } from './upload-queue.ts'
import { withWords } from '../words/translation.ts'

type StartQueue = { readonly startQueue: (events: QueueEvents) => StartedQueue }

export const loadQueue = (): Promise<StartQueue> => withWords(import('./start-queue.ts'))

export function createLazyQueue(events: QueueEvents, onUnavailable: () => void, load: () => Promise<StartQueue>) {
  let openedFor: Id<'user'> | null = null
  let starting: Promise<StartedQueue> | null = null
  let started: StartedQueue | null = null

  const start = (): Promise<StartedQueue> => {
    starting ??= load().then(
      ({ startQueue }) => {
        started = startQueue(events)
        if (openedFor !== null) started.open(openedFor)
        return started
      },
      (error: unknown) => {
        starting = null
        throw error
      },
    )
    return starting
  }

  return {
    isThere: () => started !== null,
    prepare: () => void start().catch(() => undefined),
    /** False: it could not come, and nothing was done. */
    use: (act: (queue: UploadQueue) => void): Promise<boolean> =>
      start().then(
        ({ queue }) => (act(queue), true),
        () => (onUnavailable(), false),
      ),
    /** Where nothing was ever asked of it, there is nothing to do. */
    useStarted(act: (queue: UploadQueue) => void): void {
      if (started !== null) act(started.queue)
      else
        void starting?.then(
          ({ queue }) => act(queue),
          () => undefined,
        )
    },
    open(userId: Id<'user'>): void {
      openedFor = userId
      started?.open(userId)
    },
    close(): void {
      openedFor = null
      started?.close()
    },
  }
}
