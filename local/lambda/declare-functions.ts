// Which functions there are, what feeds them and what they are told: the local twin of infra's declaration. A new
// function is one more entry here and in cloud-names.ts.
import { buckets, credentials, mailFrom, queueNames, type LambdaName, type QueueName } from '../cloud-names.ts'
import type { PushKey } from '../push/push-key.ts'
import type { Postgres } from '../postgres/start-postgres.ts'
import type { S3 } from '../s3/start-s3.ts'
import type { Ses } from '../ses/start-ses.ts'
import type { Sqs } from '../sqs/start-sqs.ts'

export type FunctionSurroundings = {
  s3: S3
  sqs: Sqs
  ses: Ses
  postgres: Postgres
  push: { readonly origin: string; readonly key: PushKey }
  /** Signs the links in digests. */
  linkKey: string
  /** Binds the entries of the audit log. */
  auditKey: string
  siteOrigin: string
  /** Where metrics are asked for. */
  controlEndpoint: string
}

export type FunctionDeclaration = {
  /** Null: only invoked directly, or by the clock. */
  source: { queue: QueueName; batchSize: number } | null
  /** How often the clock invokes it. */
  everyMinutes?: number
  concurrency: number
  timeoutMs: number
  memoryMb: number
  env: (surroundings: FunctionSurroundings) => Record<string, string>
}

export const functionDeclarations: Readonly<Record<LambdaName, FunctionDeclaration>> = {
  inspect: {
    source: { queue: 'uploads', batchSize: 5 },
    concurrency: 2,
    // The cloud's takes one picture at a time and has 120 s; of five in a row each may take the decoder's 30 s.
    timeoutMs: 180_000,
    memoryMb: 1769,
    env: ({ sqs }) => ({
      INCOMING_BUCKET: buckets.incoming,
      MEDIA_BUCKET: buckets.media,
      OUTCOMES_QUEUE_URL: sqs.urlOf('outcomes'),
      VIDEOS_QUEUE_URL: sqs.urlOf('videos'),
    }),
  },
  video: {
    source: { queue: 'videos', batchSize: 1 },
    concurrency: 1,
    timeoutMs: 300_000,
    memoryMb: 3008,
    env: ({ sqs }) => ({
      INCOMING_BUCKET: buckets.incoming,
      MEDIA_BUCKET: buckets.media,
      OUTCOMES_QUEUE_URL: sqs.urlOf('outcomes'),
    }),
  },
  persist: {
    source: { queue: 'outcomes', batchSize: 100 },
    concurrency: 1,
    timeoutMs: 60_000,
    memoryMb: 512,
    env: ({ postgres }) => ({ DATABASE_URL: postgres.url }),
  },
  mail: {
    source: { queue: 'mail', batchSize: 10 },
    concurrency: 1,
    timeoutMs: 60_000,
    memoryMb: 512,
    env: ({ postgres, siteOrigin }) => ({
      MAIL_FROM: mailFrom,
      SITE_ORIGIN: siteOrigin,
      DATABASE_URL: postgres.url,
    }),
  },
  bounces: {
    source: { queue: 'bounces', batchSize: 10 },
    concurrency: 1,
    timeoutMs: 60_000,
    memoryMb: 256,
    env: ({ postgres }) => ({ DATABASE_URL: postgres.url }),
  },
  canary: {
    source: null,
    everyMinutes: 15,
    concurrency: 1,
    timeoutMs: 150_000,
    memoryMb: 256,
    env: ({ postgres }) => ({
      DATABASE_URL: postgres.url,
      INCOMING_BUCKET: buckets.incoming,
      MEDIA_BUCKET: buckets.media,
    }),
  },
  janitor: {
    source: null,
    everyMinutes: 5,
    concurrency: 1,
    timeoutMs: 240_000,
    memoryMb: 512,
    env: ({ postgres, sqs }) => ({
      DATABASE_URL: postgres.url,
      INCOMING_BUCKET: buckets.incoming,
      UPLOADS_QUEUE_URL: sqs.urlOf('uploads'),
    }),
  },
  purge: {
    source: null,
    everyMinutes: 1,
    concurrency: 1,
    timeoutMs: 120_000,
    memoryMb: 512,
    // Without a distribution: the local front keeps no copies.
    env: ({ postgres }) => ({
      DATABASE_URL: postgres.url,
      INCOMING_BUCKET: buckets.incoming,
      MEDIA_BUCKET: buckets.media,
    }),
  },
  reconcile: {
    source: null,
    everyMinutes: 15,
    concurrency: 1,
    timeoutMs: 900_000,
    memoryMb: 512,
    env: ({ postgres, sqs }) => ({
      DATABASE_URL: postgres.url,
      INCOMING_BUCKET: buckets.incoming,
      MEDIA_BUCKET: buckets.media,
      UPLOADS_QUEUE_URL: sqs.urlOf('uploads'),
    }),
  },
  accounts: {
    source: null,
    everyMinutes: 1,
    concurrency: 1,
    timeoutMs: 120_000,
    memoryMb: 512,
    env: ({ postgres, sqs }) => ({
      DATABASE_URL: postgres.url,
      MEDIA_BUCKET: buckets.media,
      MAIL_QUEUE_URL: sqs.urlOf('mail'),
    }),
  },
  notify: {
    source: null,
    everyMinutes: 1,
    concurrency: 1,
    timeoutMs: 60_000,
    memoryMb: 256,
    env: ({ postgres, sqs }) => ({ DATABASE_URL: postgres.url, NOTICES_QUEUE_URL: sqs.urlOf('notices') }),
  },
  notifier: {
    source: { queue: 'notices', batchSize: 10 },
    concurrency: 1,
    timeoutMs: 60_000,
    memoryMb: 256,
    env: ({ postgres, push, linkKey, siteOrigin }) => ({
      DATABASE_URL: postgres.url,
      MAIL_FROM: mailFrom,
      SITE_ORIGIN: siteOrigin,
      PUSH_PRIVATE_KEY: push.key.privateKey,
      PUSH_ENDPOINT: push.origin,
      LINK_HMAC_KEY: linkKey,
    }),
  },
  observe: {
    source: null,
    everyMinutes: 1,
    concurrency: 1,
    timeoutMs: 60_000,
    memoryMb: 256,
    env: ({ postgres, sqs }) => ({
      DATABASE_URL: postgres.url,
      QUEUES: JSON.stringify(
        Object.fromEntries(
          queueNames.map((name) => [name, { url: sqs.urlOf(name), deadUrl: sqs.urlOf(`${name}-dead`) }]),
        ),
      ),
    }),
  },
  audit: {
    source: null,
    everyMinutes: 60,
    concurrency: 1,
    timeoutMs: 900_000,
    memoryMb: 512,
    env: ({ postgres, auditKey }) => ({
      DATABASE_URL: postgres.url,
      MEDIA_BUCKET: buckets.media,
      AUDIT_HMAC_KEY: auditKey,
    }),
  },
  migrate: {
    source: null,
    concurrency: 1,
    timeoutMs: 600_000,
    memoryMb: 512,
    env: ({ postgres }) => ({ DATABASE_URL: postgres.url }),
  },
}

/** What every function is told, in names the SDK reads by itself. */
export function describeCommonEnv({ s3, sqs, ses, controlEndpoint }: FunctionSurroundings): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    AWS_ENDPOINT_URL_SESV2: ses.endpoint,
    AWS_ENDPOINT_URL_CLOUDWATCH: controlEndpoint,
  }
}
