// Receivers that wait for a message. One whose client has gone away takes nothing: otherwise an aborted poll would
// swallow the next message until its visibility ends.
import { EventEmitter, once } from 'node:events'
import type { Queue, QueueStore, ReceivedMessage } from './queue-store.ts'

export type Receive = {
  queue: Queue
  count: number
  visibilitySeconds: number
  waitSeconds: number
  /** Aborted when the client has closed its connection. */
  client: AbortSignal
}

export function createLongPolls(store: QueueStore, now: () => number) {
  const arrivals = new EventEmitter()
  arrivals.setMaxListeners(0)
  const stopping = new AbortController()

  async function receive(request: Receive): Promise<ReceivedMessage[]> {
    const { queue, count, visibilitySeconds, client } = request
    const deadline = now() + request.waitSeconds * 1000
    for (;;) {
      if (client.aborted || stopping.signal.aborted) return []
      const { taken, moved } = store.receive(queue, count, visibilitySeconds)
      if (moved > 0 && queue.deadLetter !== undefined) arrivals.emit(queue.deadLetter.queue)
      const left = deadline - now()
      if (taken.length > 0 || left <= 0) return taken
      await waitForChange(queue, left, AbortSignal.any([client, stopping.signal]))
    }
  }

  /** Until a message arrives, a hidden one becomes visible, the time is over or the client has gone. */
  async function waitForChange(queue: Queue, leftMs: number, signal: AbortSignal): Promise<void> {
    const nextMs = (store.nextVisibleAtMs(queue) ?? Infinity) - now()
    const alarm = AbortSignal.timeout(Math.max(1, Math.ceil(Math.min(leftMs, nextMs))))
    await once(arrivals, queue.name, { signal: AbortSignal.any([signal, alarm]) }).catch(() => {})
  }

  return {
    receive,
    /** There may be something new in this queue. */
    wake: (queueName: string) => void arrivals.emit(queueName),
    stop: () => stopping.abort(),
  }
}
