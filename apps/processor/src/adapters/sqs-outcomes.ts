import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { Outcome } from '@shoebox/shared/messages/outcome.schema.ts'

/** Puts an outcome on its queue. Resolves once SQS has it. */
export function createOutcomeSender(queueUrl: string, sqs: SQSClient = new SQSClient({ maxAttempts: 4 })) {
  return async (outcome: Outcome): Promise<void> => {
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(outcome) }))
  }
}
