// The rights and the variables that plan.ts gives out by name, spelled out once. Every right names its actions and its
// resources; none has a wildcard action, and a star stands only where object keys or log streams differ.
import type { AuditKey } from './audit-key.ts'
import type { Database } from './database.ts'
import type { Delivery } from './delivery.ts'
import type { MailIdentity } from './mail.ts'
import {
  anchorKeys,
  canaryIncomingKeys,
  canaryMediaKeys,
  evidenceKeys,
  exportKeys,
  incomingKeys,
  mediaKeys,
  playKeys,
  shownKeys,
  type Grant,
  type Variable,
} from './plan.ts'
import type { QueuePair, Queues } from './queues.ts'
import type { Settings } from './settings.ts'
import type { Storage } from './storage.ts'
import type { Telling } from './telling.ts'

export type Surroundings = {
  readonly settings: Settings
  readonly storage: Storage
  readonly queues: Queues
  readonly pairs: readonly QueuePair[]
  readonly mail: MailIdentity
  readonly database: Database
  readonly auditKey: AuditKey
  readonly delivery: Delivery
  readonly telling: Telling
}

export type Statement = {
  readonly actions: string[]
  readonly resources: $util.Input<string>[]
  readonly conditions?: { readonly test: string; readonly variable: string; readonly values: string[] }[]
}

export const grants: Record<Grant, (surroundings: Surroundings) => Statement> = {
  readIncoming: ({ storage }) => ({
    actions: ['s3:GetObject'],
    resources: [$interpolate`${storage.incoming.arn}/${incomingKeys}`],
  }),
  deleteIncoming: ({ storage }) => ({
    actions: ['s3:DeleteObject'],
    resources: [$interpolate`${storage.incoming.arn}/${incomingKeys}`],
  }),
  // The parts of a file that never came.
  abortIncoming: ({ storage }) => ({
    actions: ['s3:AbortMultipartUpload'],
    resources: [$interpolate`${storage.incoming.arn}/${incomingKeys}`],
  }),
  listIncoming: ({ storage }) => ({ actions: ['s3:ListBucket'], resources: [storage.incoming.arn] }),
  // Without it S3 answers 403 instead of 404 for an object that is not there, and "gone already" looks like a fault.
  tellAbsent: ({ storage }) => ({
    actions: ['s3:ListBucket'],
    resources: [storage.incoming.arn, storage.media.arn],
  }),
  listMedia: ({ storage }) => ({ actions: ['s3:ListBucket'], resources: [storage.media.arn] }),
  readMedia: ({ storage }) => ({
    actions: ['s3:GetObject'],
    resources: mediaKeys.map((keys) => $interpolate`${storage.media.arn}/${keys}`),
  }),
  writeMedia: ({ storage }) => ({
    actions: ['s3:PutObject'],
    resources: mediaKeys.map((keys) => $interpolate`${storage.media.arn}/${keys}`),
  }),
  deleteMedia: ({ storage }) => ({
    actions: ['s3:DeleteObject'],
    resources: mediaKeys.map((keys) => $interpolate`${storage.media.arn}/${keys}`),
  }),
  invalidateDelivery: ({ delivery }) => ({
    actions: ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'],
    resources: [delivery.distribution.arn],
  }),
  readShown: ({ storage }) => ({
    actions: ['s3:GetObject'],
    resources: [$interpolate`${storage.media.arn}/${shownKeys}`],
  }),
  keepEvidence: ({ storage }) => ({
    actions: ['s3:PutObject', 's3:DeleteObject'],
    resources: [$interpolate`${storage.media.arn}/${evidenceKeys}`],
  }),
  abortPlay: ({ storage }) => ({
    actions: ['s3:AbortMultipartUpload'],
    resources: [$interpolate`${storage.media.arn}/${playKeys}`],
  }),
  sendUploads: ({ queues }) => ({ actions: ['sqs:SendMessage'], resources: [queues.uploads.arn] }),
  sendOutcomes: ({ queues }) => ({ actions: ['sqs:SendMessage'], resources: [queues.outcomes.arn] }),
  sendVideos: ({ queues }) => ({ actions: ['sqs:SendMessage'], resources: [queues.videos.arn] }),
  putCanary: ({ storage }) => ({
    actions: ['s3:PutObject'],
    resources: [$interpolate`${storage.incoming.arn}/${canaryIncomingKeys}`],
  }),
  readCanary: ({ storage }) => ({
    actions: ['s3:GetObject'],
    resources: canaryMediaKeys.map((keys) => $interpolate`${storage.media.arn}/${keys}`),
  }),
  deleteCanary: ({ storage }) => ({
    actions: ['s3:DeleteObject'],
    resources: [
      $interpolate`${storage.incoming.arn}/${canaryIncomingKeys}`,
      ...canaryMediaKeys.map((keys) => $interpolate`${storage.media.arn}/${keys}`),
    ],
  }),
  measureQueues: ({ pairs }) => ({
    actions: ['sqs:GetQueueAttributes'],
    resources: pairs.flatMap(({ queue, dead }) => [queue.arn, dead.arn]),
  }),
  // CloudWatch knows no resources for it: whoever may read one number may read all.
  readMetrics: () => ({ actions: ['cloudwatch:GetMetricStatistics'], resources: ['*'] }),
  sendNotices: ({ queues }) => ({ actions: ['sqs:SendMessage'], resources: [queues.notices.arn] }),
  queueMail: ({ queues }) => ({ actions: ['sqs:SendMessage'], resources: [queues.mail.arn] }),
  writeExports: ({ storage }) => ({
    actions: ['s3:PutObject', 's3:DeleteObject'],
    resources: [$interpolate`${storage.media.arn}/${exportKeys}`],
  }),
  readAnchors: ({ storage }) => ({
    actions: ['s3:GetObject'],
    resources: [$interpolate`${storage.media.arn}/${anchorKeys}`],
  }),
  // The bucket lets nobody write one over, or remove it: storage.ts.
  writeAnchors: ({ storage }) => ({
    actions: ['s3:PutObject'],
    resources: [$interpolate`${storage.media.arn}/${anchorKeys}`],
  }),
  sendMail: ({ mail }) => ({
    actions: ['ses:SendEmail'],
    resources: mail.arns,
    conditions: [{ test: 'StringEquals', variable: 'ses:FromAddress', values: [mail.address] }],
  }),
}

type NamedValue = readonly [name: string, value: $util.Input<string>]

export const variables: Record<Variable, (surroundings: Surroundings) => NamedValue> = {
  INCOMING_BUCKET: ({ storage }) => ['INCOMING_BUCKET', storage.incoming.bucket],
  MEDIA_BUCKET: ({ storage }) => ['MEDIA_BUCKET', storage.media.bucket],
  OUTCOMES_QUEUE_URL: ({ queues }) => ['OUTCOMES_QUEUE_URL', queues.outcomes.url],
  VIDEOS_QUEUE_URL: ({ queues }) => ['VIDEOS_QUEUE_URL', queues.videos.url],
  DATABASE_URL: ({ database }) => ['DATABASE_URL', database.url],
  UPLOADS_QUEUE_URL: ({ queues }) => ['UPLOADS_QUEUE_URL', queues.uploads.url],
  // Migrations hold a lock for their session, which a pooler in transaction mode would lose.
  DIRECT_DATABASE_URL: ({ database }) => ['DATABASE_URL', database.directUrl],
  MAIL_QUEUE_URL: ({ queues }) => ['MAIL_QUEUE_URL', queues.mail.url],
  AUDIT_HMAC_KEY: ({ auditKey }) => ['AUDIT_HMAC_KEY', auditKey.result],
  NOTICES_QUEUE_URL: ({ queues }) => ['NOTICES_QUEUE_URL', queues.notices.url],
  PUSH_PRIVATE_KEY: ({ telling }) => ['PUSH_PRIVATE_KEY', telling.pushPrivateKey],
  LINK_HMAC_KEY: ({ telling }) => ['LINK_HMAC_KEY', telling.linkKey],
  MAIL_FROM: ({ mail }) => ['MAIL_FROM', mail.from],
  DELIVERY_DISTRIBUTION_ID: ({ delivery }) => ['DELIVERY_DISTRIBUTION_ID', delivery.distribution.id],
  QUEUES: ({ pairs }) => [
    'QUEUES',
    $jsonStringify(
      Object.fromEntries(pairs.map(({ name, queue, dead }) => [name, { url: queue.url, deadUrl: dead.url }])),
    ),
  ],
  SITE_ORIGIN: ({ settings }) => ['SITE_ORIGIN', settings.siteOrigin],
}
