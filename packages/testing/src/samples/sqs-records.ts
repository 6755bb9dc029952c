// SQS records as Lambda hands them to a handler.

/** The parts of an SQS record that handlers read, and plausible values for the others. */
export const makeSqsRecord = (messageId: string, body: string, receiveCount = 1) => ({
  messageId,
  receiptHandle: `receipt-${messageId}`,
  body,
  attributes: {
    ApproximateReceiveCount: String(receiveCount),
    SentTimestamp: '1781524800000',
    SenderId: '000000000000',
    ApproximateFirstReceiveTimestamp: '1781524800000',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:sample',
  awsRegion: 'us-east-1',
})

/** S3's notification of one new object, as it lies in a message's body. The key is written as S3 writes it. */
export const makeUploadEvent = (bucket: string, key: string, eventName = 'ObjectCreated:Put'): string =>
  JSON.stringify({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'us-east-1',
        eventTime: '2026-06-15T12:00:00.000Z',
        eventName,
        s3: {
          s3SchemaVersion: '1.0',
          bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
          object: { key: encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/'), size: 1, eTag: 'abc' },
        },
      },
    ],
  })
