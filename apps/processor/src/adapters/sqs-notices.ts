import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { NoticeMessage } from '@shoebox/shared/messages/notice.schema.ts'
import { clientSettings } from './client-settings.ts'

/** SQS takes no more at once. */
const entriesMax = 10

/** Puts deliveries on their queue. Answers which of them it has: what it refused is not among them. */
export function createNoticeSender(queueUrl: string, sqs: SQSClient = new SQSClient(clientSettings())) {
  return async (deliveryIds: readonly number[]): Promise<number[]> => {
    const accepted: number[] = []
    for (let at = 0; at < deliveryIds.length; at += entriesMax) {
      const Entries = deliveryIds.slice(at, at + entriesMax).map((deliveryId) => ({
        Id: String(deliveryId),
        MessageBody: JSON.stringify({ version: 1, deliveryId } satisfies NoticeMessage),
      }))
      const { Successful = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }))
      accepted.push(...Successful.map(({ Id }) => Number(Id)))
    }
    return accepted
  }
}
