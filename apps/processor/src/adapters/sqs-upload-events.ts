import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'

/** Tells the `uploads` queue of an object in S3's own words, as far as inspect reads them. */
export function createUploadEventSender(
  { queueUrl, bucket }: { queueUrl: string; bucket: string },
  sqs: SQSClient = new SQSClient({ maxAttempts: 4 }),
) {
  return async (key: string): Promise<void> => {
    // S3 escapes keys in events, slashes aside.
    const escaped = key.split('/').map(encodeURIComponent).join('/')
    const record = {
      eventSource: 'aws:s3',
      eventName: 'ObjectCreated:Put',
      s3: { bucket: { name: bucket }, object: { key: escaped } },
    }
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ Records: [record] }) }))
  }
}
