// The queues of plan.ts, each with its dead-letter queue, and the event that starts everything: an object has arrived.
import {
  consumerOf,
  deadLetterSeconds,
  queueNames,
  receivesMax,
  titleOf,
  visibilityTimeouts,
  type QueueName,
} from './plan.ts'
import type { Storage } from './storage.ts'

export type Queues = Readonly<Record<QueueName, aws.sqs.Queue>>
/** A queue and where its failures rest, for alarms.ts. */
export type QueuePair = { readonly name: QueueName; readonly queue: aws.sqs.Queue; readonly dead: aws.sqs.Queue }

export function createQueues(): { queues: Queues; pairs: readonly QueuePair[] } {
  const pairs = queueNames.map(createPair)
  const queues = Object.fromEntries(pairs.map(({ name, queue }) => [name, queue])) as Queues
  return { queues, pairs }
}

function createPair(name: QueueName): QueuePair {
  const title = titleOf(name)
  const dead = new aws.sqs.Queue(`${title}Dead`, {
    name: `${$app.name}-${$app.stage}-${name}-dead`,
    messageRetentionSeconds: deadLetterSeconds,
    sqsManagedSseEnabled: true,
  })
  const queue = new aws.sqs.Queue(`${title}Queue`, {
    name: `${$app.name}-${$app.stage}-${name}`,
    visibilityTimeoutSeconds: consumerOf(name).timeoutSeconds * visibilityTimeouts,
    messageRetentionSeconds: deadLetterSeconds,
    // Long polling: an empty answer every 20 s instead of at once.
    receiveWaitTimeSeconds: 20,
    sqsManagedSseEnabled: true,
    redrivePolicy: $jsonStringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: receivesMax }),
  })
  // Only its own queue may rest its failures there.
  new aws.sqs.RedriveAllowPolicy(`${title}DeadRedriveAllow`, {
    queueUrl: dead.url,
    redriveAllowPolicy: $jsonStringify({ redrivePermission: 'byQueue', sourceQueueArns: [queue.arn] }),
  })
  closeQueue(`${title}DeadPolicy`, dead, [])
  // A queue has one policy: the one that S3 writes to gets it from announceArrivals, the one of SES from createMail.
  if (name !== 'uploads' && name !== 'bounces') closeQueue(`${title}Policy`, queue, [])
  return { name, queue, dead }
}

/** Tells the `uploads` queue of every object that arrives. */
export function announceArrivals(storage: Storage, queues: Queues): void {
  const { accountId } = aws.getCallerIdentityOutput({})
  const policy = closeQueue('UploadsPolicy', queues.uploads, [
    {
      sid: 'ArrivalsFromOwnBucket',
      principals: [{ type: 'Service', identifiers: ['s3.amazonaws.com'] }],
      actions: ['sqs:SendMessage'],
      resources: [queues.uploads.arn],
      // Without both, anybody's bucket could send here in the service's name.
      conditions: [
        { test: 'ArnEquals', variable: 'aws:SourceArn', values: [storage.incoming.arn] },
        { test: 'StringEquals', variable: 'aws:SourceAccount', values: [accountId] },
      ],
    },
  ])
  new aws.s3.BucketNotification(
    'Arrivals',
    {
      bucket: storage.incoming.bucket,
      queues: [{ id: 'uploads', events: ['s3:ObjectCreated:*'], queueArn: queues.uploads.arn }],
    },
    // S3 tries the queue at once and refuses a notification that it may not deliver.
    { dependsOn: [policy] },
  )
}

/** Gives a queue its one policy: TLS only, and what else it is handed. */
export function closeQueue(
  name: string,
  queue: aws.sqs.Queue,
  allowed: aws.types.input.iam.GetPolicyDocumentStatementArgs[],
): aws.sqs.QueuePolicy {
  const tlsOnly = {
    sid: 'TlsOnly',
    effect: 'Deny',
    principals: [{ type: '*', identifiers: ['*'] }],
    actions: ['sqs:*'],
    resources: [queue.arn],
    conditions: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
  }
  return new aws.sqs.QueuePolicy(name, {
    queueUrl: queue.url,
    policy: aws.iam.getPolicyDocumentOutput({ statements: [tlsOnly, ...allowed] }).json,
  })
}
