import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { VideoMessage } from '@shoebox/shared/messages/video.schema.ts'

/** Hands a film or a sound on to the video function. Resolves once SQS has the message. */
export function createVideoSender(queueUrl: string, sqs: SQSClient = new SQSClient({ maxAttempts: 4 })) {
  return async (message: VideoMessage): Promise<void> => {
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }))
  }
}
