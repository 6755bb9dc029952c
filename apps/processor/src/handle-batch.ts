// Runs a handler over each message of an SQS batch, alone: one that throws is reported as failed and comes again, the
// others are done. Lambdas behind a queue are wired through consume-queue.
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch'
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import { describeError, type Log } from './log.ts'

/** Says which messages of a batch failed. With a third parameter, a callback, Lambda would not start it (Node 24). */
export type QueueHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>

/**
 * @param handle throws to have the message delivered again, and dead-lettered in the end
 * @param isParallel whether the messages of a batch are handled at the same time
 */
export function handleEach(
  log: Log,
  handle: (record: SQSRecord) => Promise<void>,
  { isParallel = false }: { isParallel?: boolean } = {},
): QueueHandler {
  return (event, context) => {
    const attempt = async (record: SQSRecord): Promise<void> => {
      try {
        await handle(record)
      } catch (error) {
        log.error('message_failed', {
          messageId: record.messageId,
          receiveCount: record.attributes.ApproximateReceiveCount,
          error: describeError(error),
        })
        throw error
      }
    }
    return processPartialResponse(event, attempt, new BatchProcessor(EventType.SQS), {
      context,
      processInParallel: isParallel,
      // A batch in which all failed is reported like any other, message by message.
      throwOnFullBatchFailure: false,
    })
  }
}
