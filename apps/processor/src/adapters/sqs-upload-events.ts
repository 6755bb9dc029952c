import { createSender } from './sqs-sender.ts'

/** Tells the `uploads` queue of an object in S3's own words, as far as inspect reads them. */
export function createUploadEventSender({ queueUrl, bucket }: { queueUrl: string; bucket: string }) {
  const send = createSender(queueUrl)
  return async (key: string): Promise<void> => {
    // S3 escapes keys in events, slashes aside.
    const escaped = key.split('/').map(encodeURIComponent).join('/')
    const record = {
      eventSource: 'aws:s3',
      eventName: 'ObjectCreated:Put',
      s3: { bucket: { name: bucket }, object: { key: escaped } },
    }
    await send({ Records: [record] })
  }
}
