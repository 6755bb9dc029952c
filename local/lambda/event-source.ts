// The mapping between a queue and a function: takes batches, invokes, deletes what succeeded. What failed stays hidden
// and the redrive policy counts it, as with AWS; nothing here retries. Only what a function took along that ended or was
// ended in the middle comes back sooner than from AWS, where it stays hidden for the queue's visibility timeout.
import type { ReceivedMessage } from '../sqs/queue-store.ts'
import type { Sqs } from '../sqs/start-sqs.ts'
import { describeSqsEvent } from './sqs-event.ts'

export type EventSourceOptions = {
  sqs: Sqs
  queueName: string
  batchSize: number
  /** How long to gather a batch after its first message. */
  windowSeconds: number
  /** Batches in work at once. */
  concurrency: number
  /** How long what a function took along when it ended stays hidden, unless that is over sooner. */
  lostSeconds: number
  invoke: (event: unknown) => Promise<unknown>
  log: (line: string) => void
}

export type EventSource = {
  pause(): Promise<void>
  resume(): void
  /** Takes no more; gives what is being worked on a moment, and what is not done by then back to the queue. */
  stop(patienceMs?: number): Promise<void>
}

export function startEventSource(options: EventSourceOptions): EventSource {
  const { sqs, queueName } = options
  const inWork = new Set<ReceivedMessage>()
  let pausing = new AbortController()
  let loops: Promise<void>[] = []

  async function work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const batch = await gatherBatch(options, signal)
      if (batch.length === 0) continue
      for (const message of batch) inWork.add(message)
      const failed = await runBatch(options, batch)
      for (const message of batch) {
        inWork.delete(message)
        if (!failed.has(message.id)) sqs.remove(queueName, message.receipt)
      }
    }
  }

  function resume(): void {
    if (loops.length > 0) return
    pausing = new AbortController()
    loops = Array.from({ length: options.concurrency }, () => work(pausing.signal))
  }

  async function pause(): Promise<void> {
    pausing.abort()
    await Promise.all(loops)
    loops = []
  }

  resume()
  return {
    pause,
    resume,
    async stop(patienceMs = 2000) {
      const patience = new Promise<void>((resolve) => setTimeout(resolve, patienceMs).unref())
      await Promise.race([pause(), patience])
      for (const { receipt } of inWork) sqs.hideAtMost(queueName, receipt, 0)
    },
  }
}

/** Waits for a first message, then takes what else there is, up to the batch size or the end of the window. */
async function gatherBatch(options: EventSourceOptions, signal: AbortSignal): Promise<ReceivedMessage[]> {
  const { sqs, queueName, batchSize, windowSeconds } = options
  const batch = await sqs.receive(queueName, { count: batchSize, waitSeconds: 20, signal })
  const windowEndMs = Date.now() + windowSeconds * 1000
  while (batch.length > 0 && batch.length < batchSize && Date.now() < windowEndMs && !signal.aborted) {
    const waitSeconds = (windowEndMs - Date.now()) / 1000
    batch.push(...(await sqs.receive(queueName, { count: batchSize - batch.length, waitSeconds, signal })))
  }
  return batch
}

/** Returns the ids of the messages that failed. */
async function runBatch(options: EventSourceOptions, batch: readonly ReceivedMessage[]): Promise<Set<string>> {
  const { sqs, queueName, lostSeconds, invoke, log } = options
  const all = new Set(batch.map(({ id }) => id))
  try {
    const failed = readFailures(await invoke(describeSqsEvent(batch, sqs.arnOf(queueName))))
    // An id that is not in the batch, or none at all, makes the whole batch fail, as in Lambda.
    return failed.every((id) => id !== null && all.has(id)) ? new Set(failed.filter((id) => id !== null)) : all
  } catch (error) {
    log(`${batch.length} messages will come again: ${error instanceof Error ? error.message : String(error)}`)
    for (const { receipt } of batch) sqs.hideAtMost(queueName, receipt, lostSeconds)
    return all
  }
}

function readFailures(result: unknown): (string | null)[] {
  if (typeof result !== 'object' || result === null || !('batchItemFailures' in result)) return []
  if (!Array.isArray(result.batchItemFailures)) return [null]
  return result.batchItemFailures.map((failure: unknown) => {
    const id =
      typeof failure === 'object' && failure !== null && 'itemIdentifier' in failure ? failure.itemIdentifier : ''
    return typeof id === 'string' && id !== '' ? id : null
  })
}
