import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import type { HideFor } from '../back-off.ts'
import { clientSettings } from './client-settings.ts'

/** Hides messages of whatever queue they came from; a queue is asked once for its address and its own patience. */
export function createHideFor(sqs: SQSClient = new SQSClient(clientSettings())): HideFor {
  const queues = new Map<string, Promise<{ url: string; secondsMax: number }>>()

  async function findQueue(arn: string) {
    const { QueueUrl: url } = await sqs.send(new GetQueueUrlCommand({ QueueName: arn.split(':').at(-1) }))
    if (url === undefined) throw new Error(`no address of ${arn}`)
    const asked = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['VisibilityTimeout'] })
    const { Attributes } = await sqs.send(asked)
    return { url, secondsMax: Number(Attributes?.VisibilityTimeout ?? 0) }
  }

  return async ({ eventSourceARN: arn, receiptHandle: ReceiptHandle }, seconds) => {
    const asked = queues.get(arn) ?? findQueue(arn)
    queues.set(arn, asked)
    // A queue that could not be found is asked for again.
    asked.catch(() => queues.delete(arn))
    const { url: QueueUrl, secondsMax } = await asked
    const VisibilityTimeout = Math.min(seconds, secondsMax)
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }))
  }
}
