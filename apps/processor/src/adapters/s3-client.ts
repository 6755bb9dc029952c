// The way to S3 of every function that goes there.
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import { clientSettings } from './client-settings.ts'

/** Not the headers that begin so and say how to check, not what. */
const bodyChecksum = /^x-amz-checksum-(crc|sha)/

export function createS3Client(config: S3ClientConfig = {}): S3Client {
  const s3 = new S3Client({
    ...clientSettings(),
    // From 2 MB on the SDK would otherwise ask before it sends a body: a trip more, on a new connection each time.
    expectContinueHeader: false,
    ...config,
  })
  // S3 compares a body with its checksum, which is signed: to hash the body once more for the signature adds nothing over
  // TLS, and AWS's other SDKs leave it. It was half of what sending a photo cost.
  s3.middlewareStack.add(
    (next) => (args) => {
      const headers = readHeaders(args.request)
      if (Object.keys(headers).some((name) => bodyChecksum.test(name)))
        headers['x-amz-content-sha256'] ??= 'UNSIGNED-PAYLOAD'
      return next(args)
    },
    { name: 'leaveBodyUnsigned', step: 'build', priority: 'low' },
  )
  return s3
}

const readHeaders = (request: unknown): Record<string, string> =>
  (request as { readonly headers: Record<string, string> }).headers
