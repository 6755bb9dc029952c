import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'

/** Puts a mail on its queue. Resolves once SQS has it. */
export function createMailSender(queueUrl: string, sqs: SQSClient = new SQSClient({ maxAttempts: 4 })) {
  return async (mail: MailMessage): Promise<void> => {
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(mail) }))
  }
}
