import { add, edit, remove, rewrite, set, type Mistake } from '../plant.ts'

const incoming = 'shoebox-production-incoming'
const everybody = JSON.stringify({
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shoebox/*' }],
})

export const storageMistakes: readonly Mistake[] = [
  ['a third bucket', add('aws:s3/bucket:Bucket', 'exports', {}), 'there are two buckets'],
  ['a public bucket', set('MediaPublicAccessBlock', 'blockPublicPolicy', false), 'no bucket is public'],
  ['no block of public access', remove('IncomingPublicAccessBlock'), 'no bucket is public'],
  ['access lists', set('MediaOwnership', 'rule.objectOwnership', 'ObjectWriter'), 'no bucket is public'],
  ['a website', add('aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration', 'site', {}), 'no bucket is public'],
  ['a bucket that everybody reads', set('IncomingPolicy', 'policy', everybody), 'nothing is granted to everybody'],
  [
    'a bucket that speaks without TLS',
    rewrite('MediaPolicy', 'policy', '"Deny"', '"Allow"'),
    'buckets and queues speak TLS only',
  ],
  ['a queue that speaks without TLS', remove('OutcomesPolicy'), 'buckets and queues speak TLS only'],
  ['versions', add('aws:s3/bucketVersioning:BucketVersioning', 'versions', {}), 'nothing is versioned'],
  [
    'CORS for every site',
    set('IncomingCors', 'corsRules.0.allowedOrigins', ['*']),
    'browsers may put from the site alone, and read what they must',
  ],
  [
    'a hidden ETag',
    set('IncomingCors', 'corsRules.0.exposeHeaders', ['x-amz-checksum-sha256']),
    'browsers may put from the site alone, and read what they must',
  ],
  [
    'reading by CORS',
    set('IncomingCors', 'corsRules.0.allowedMethods', ['PUT', 'GET']),
    'browsers may put from the site alone, and read what they must',
  ],
  [
    'incoming kept for ever',
    set('IncomingLifecycle', 'rules.0.status', 'Disabled'),
    'what is incoming expires, and unfinished uploads are aborted',
  ],
  ['unfinished uploads kept', remove('MediaLifecycle'), 'what is incoming expires, and unfinished uploads are aborted'],
  [
    'media that expire',
    set('MediaLifecycle', 'rules.0.expiration', { days: 30 }),
    'what is incoming expires, and unfinished uploads are aborted',
  ],
  [
    'anchors that may be removed',
    rewrite('MediaPolicy', 'policy', '"s3:DeleteObject"', '"s3:GetObjectTagging"'),
    'nobody changes or removes an anchor of the audit log',
  ],
  [
    'anchors that may be written over',
    rewrite('MediaPolicy', 'policy', 's3:if-none-match', 's3:x-amz-acl'),
    'nobody changes or removes an anchor of the audit log',
  ],
  [
    "everybody's distributions read",
    rewrite('MediaPolicy', 'policy', 'ArnEquals', 'ArnLike'),
    'only the own distribution reads media, and only what is shown',
  ],
  [
    'a service let in for anything',
    rewrite('UploadsPolicy', 'policy', 'aws:SourceArn', 'aws:Nothing'),
    'a service is let in only for a thing of ours',
  ],
  [
    'production that may be deleted',
    edit(incoming, (bucket) => (bucket.isProtected = false)),
    'production is kept, everything else goes with its stage',
  ],
  [
    'production emptied on removal',
    set(incoming, 'forceDestroy', true),
    'production is kept, everything else goes with its stage',
  ],
]
