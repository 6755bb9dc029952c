import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { clientSettings } from './client-settings.ts'

/** Puts messages of one kind on their queue. Resolves once SQS has the message. */
export function createSender<Message>(queueUrl: string, sqs: SQSClient = new SQSClient(clientSettings())) {
  return async (message: Message): Promise<void> => {
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }))
  }
}
