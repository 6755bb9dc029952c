// The two buckets. Nothing in them is public, nothing is versioned (a deletion is a deletion), and what is incoming
// does not stay. The media bucket gets its policy from delivery.ts, which knows the distribution that may read it.
import { anchorKeys, lifecycles } from './plan.ts'
import type { Settings } from './settings.ts'

export type Storage = { readonly incoming: aws.s3.Bucket; readonly media: aws.s3.Bucket }

export function createStorage({ isProduction, siteOrigin }: Settings): Storage {
  const create = (part: 'incoming' | 'media') => createBucket(part, isProduction)
  const storage = { incoming: create('incoming'), media: create('media') }
  closeBucket('incoming', storage.incoming, [])
  new aws.s3.BucketLifecycleConfiguration('IncomingLifecycle', {
    bucket: storage.incoming.bucket,
    rules: [
      {
        id: 'expire',
        status: 'Enabled',
        filter: { prefix: '' },
        expiration: { days: lifecycles.incoming.expireAfterDays },
      },
      abortUnfinished(lifecycles.incoming),
    ],
  })
  new aws.s3.BucketLifecycleConfiguration('MediaLifecycle', {
    bucket: storage.media.bucket,
    rules: [abortUnfinished(lifecycles.media)],
  })
  new aws.s3.BucketCorsConfiguration('IncomingCors', {
    bucket: storage.incoming.bucket,
    corsRules: [
      {
        allowedOrigins: [siteOrigin],
        allowedMethods: ['PUT'],
        // What the API tells a browser to send (apps/edge-api/src/adapters/presigner.ts).
        allowedHeaders: ['content-type', 'if-none-match', 'x-amz-checksum-sha256', 'x-amz-meta-request-id'],
        // A browser cannot finish a multipart upload whose ETags it may not read.
        exposeHeaders: ['ETag', 'x-amz-checksum-sha256'],
        maxAgeSeconds: 3600,
      },
    ],
  })
  return storage
}

const abortUnfinished = ({ abortMultipartAfterDays }: { readonly abortMultipartAfterDays: number }) => ({
  id: 'abort-unfinished',
  status: 'Enabled',
  filter: { prefix: '' },
  abortIncompleteMultipartUpload: { daysAfterInitiation: abortMultipartAfterDays },
})

function createBucket(part: 'incoming' | 'media', isProduction: boolean): aws.s3.Bucket {
  // The name gets a random end, since bucket names are shared with the whole world.
  const bucket = new aws.s3.Bucket(
    `shoebox-${$app.stage}-${part}`,
    { forceDestroy: !isProduction },
    { protect: isProduction },
  )
  const name = part === 'incoming' ? 'Incoming' : 'Media'
  new aws.s3.BucketPublicAccessBlock(`${name}PublicAccessBlock`, {
    bucket: bucket.bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  })
  // Objects belong to the bucket's owner and have no access lists of their own.
  new aws.s3.BucketOwnershipControls(`${name}Ownership`, {
    bucket: bucket.bucket,
    rule: { objectOwnership: 'BucketOwnerEnforced' },
  })
  return bucket
}

/** Gives a bucket its one policy: TLS only, anchors that stay as they are, and what else it is handed. */
export function closeBucket(
  part: 'incoming' | 'media',
  bucket: aws.s3.Bucket,
  allowed: aws.types.input.iam.GetPolicyDocumentStatementArgs[],
): aws.s3.BucketPolicy {
  const tlsOnly = {
    sid: 'TlsOnly',
    effect: 'Deny',
    principals: [{ type: '*', identifiers: ['*'] }],
    actions: ['s3:*'],
    resources: [bucket.arn, $interpolate`${bucket.arn}/*`],
    conditions: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
  }
  return new aws.s3.BucketPolicy(part === 'incoming' ? 'IncomingPolicy' : 'MediaPolicy', {
    bucket: bucket.bucket,
    policy: aws.iam.getPolicyDocumentOutput({
      statements: [tlsOnly, ...(part === 'media' ? keepAnchors(bucket) : []), ...allowed],
    }).json,
  })
}

/** Whoever gets hold of a role, or of a person's access, cannot change where the audit log was seen to stand. */
function keepAnchors(bucket: aws.s3.Bucket): aws.types.input.iam.GetPolicyDocumentStatementArgs[] {
  const nobody = {
    effect: 'Deny',
    principals: [{ type: '*', identifiers: ['*'] }],
    resources: [$interpolate`${bucket.arn}/${anchorKeys}`],
  }
  return [
    { ...nobody, sid: 'AnchorsStay', actions: ['s3:DeleteObject'] },
    {
      ...nobody,
      sid: 'AnchorsAreWrittenOnce',
      actions: ['s3:PutObject'],
      // Without the header `If-None-Match`, a write would take the place of what is there.
      conditions: [{ test: 'Null', variable: 's3:if-none-match', values: ['true'] }],
    },
  ]
}
