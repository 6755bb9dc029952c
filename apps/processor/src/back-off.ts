// What failed comes again after a short while, and after a longer one each time. By itself SQS waits as long as a
// message may be worked on, half an hour for a film: too long for a hiccup of S3 while somebody looks on.
import type { SQSRecord } from 'aws-lambda'
import type { QueueHandler } from './handle-batch.ts'
import { describeError, type Log } from './log.ts'

/** Hides a message for so many seconds from now on, but never for longer than its queue would. */
export type HideFor = (record: SQSRecord, seconds: number) => Promise<void>

const firstSeconds = 15
const factor = 4

/** 15 seconds, 1 minute, 4 minutes, 16 minutes. */
export const retryAfterSeconds = (receives: number): number =>
  firstSeconds * factor ** (receives > 1 ? receives - 1 : 0)

/** Where a message cannot be hidden, SQS waits as usual. */
export function backOff(log: Log, handler: QueueHandler, hideFor: HideFor): QueueHandler {
  return async (event, context) => {
    const answer = await handler(event, context)
    const failed = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))
    const hide = (record: SQSRecord) =>
      hideFor(record, retryAfterSeconds(Number(record.attributes.ApproximateReceiveCount))).catch((error: unknown) =>
        log.warn('back_off_failed', { messageId: record.messageId, error: describeError(error) }),
      )
    await Promise.all(event.Records.filter(({ messageId }) => failed.has(messageId)).map(hide))
    return answer
  }
}
