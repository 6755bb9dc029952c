import type { SQSRecord } from 'aws-lambda'
import { backOff } from '../back-off.ts'
import { handleEach, type QueueHandler } from '../handle-batch.ts'
import type { Log } from '../log.ts'
import { rethrowPlainly } from '../rethrow-plainly.ts'
import { createHideFor } from './sqs-visibility.ts'

/** The handler of a Lambda behind a queue: each message alone, and what failed comes again after a while. */
export const consumeQueue = (
  log: Log,
  handle: (record: SQSRecord) => Promise<void>,
  options: { readonly isParallel?: boolean } = {},
): QueueHandler => rethrowPlainly(log, backOff(log, handleEach(log, handle, options), createHideFor()))
