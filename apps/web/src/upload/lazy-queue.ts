// The queue, fetched when it is first needed. What is asked of it before then is done in order once it is there.
import type { QueueEvents } from './start-queue.ts'
import type { UploadQueue } from './upload-queue.ts'

export function createLazyQueue(events: QueueEvents, onUnavailable: () => void) {
  let isOpen = false
  let starting: Promise<UploadQueue> | null = null

  const start = (): Promise<UploadQueue> => {
    starting ??= import('./start-queue.ts').then(
      ({ startQueue }) => {
        const queue = startQueue(events)
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

  return {
    prepare: () => void start().catch(() => undefined),
    use: (act: (queue: UploadQueue) => void) => void start().then(act, onUnavailable),
    open(): void {
      isOpen = true
      void starting?.then((queue) => queue.open())
    },
    close(): void {
      isOpen = false
      void starting?.then((queue) => queue.close())
    },
  }
}
