// The two buckets and the rules they have in the cloud: the local twin of infra/storage.ts.
import { lifecycles } from '../../infra/plan.ts'
import { buckets } from '../cloud-names.ts'
import type { Bucket } from './buckets.ts'

export const declareBuckets = (siteOrigin: string, uploadsArn: string): Bucket[] => [
  {
    name: buckets.incoming,
    cors: [
      {
        allowedOrigins: [siteOrigin],
        allowedMethods: ['PUT'],
        allowedHeaders: ['content-type', 'if-none-match', 'x-amz-checksum-sha256', 'x-amz-meta-request-id'],
        exposeHeaders: ['ETag', 'x-amz-checksum-sha256'],
        maxAgeSeconds: 3600,
      },
    ],
    notifications: [{ id: 'uploads', queueArn: uploadsArn, events: ['s3:ObjectCreated:*'] }],
    lifecycle: [{ prefix: '', ...lifecycles.incoming }],
  },
  { name: buckets.media, lifecycle: [{ prefix: '', ...lifecycles.media }] },
]
