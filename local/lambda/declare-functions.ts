// The functions of infra/plan.ts with its batches, times and memory, and what each is told here: the local twin of
// infra/lambdas.ts. How many run at once is a laptop's, as is how many pictures one takes along, and no batch waits to fill.
// A new function is one more entry here.
import { lambdaNames, planOf, queueNames, type LambdaName, type QueueName } from '../../infra/plan.ts'
import { buckets, credentials, mailFrom } from '../cloud-names.ts'
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

type LocalPart = Pick<FunctionDeclaration, 'concurrency' | 'env'> & Partial<FunctionDeclaration>

const localParts: Readonly<Record<LambdaName, LocalPart>> = {
  inspect: {
    concurrency: 2,
    // Two functions are all there are, and a tenth of their time went by between one picture and the next.
    source: { queue: 'uploads', batchSize: 5 },
    // Of five in a row each may take the decoder's 30 s.
    timeoutMs: 180_000,
    env: ({ sqs }) => ({
      INCOMING_BUCKET: buckets.incoming,
      MEDIA_BUCKET: buckets.media,
      OUTCOMES_QUEUE_URL: sqs.urlOf('outcomes'),
      VIDEOS_QUEUE_URL: sqs.urlOf('videos'),
    }),
  },
  video: {
    concurrency: 1,
    env: ({ sqs }) => ({
      INCOMING_BUCKET: buckets.incoming,
      MEDIA_BUCKET: buckets.media,
      OUTCOMES_QUEUE_URL: sqs.urlOf('outcomes'),
    }),
  },
  persist: {
    concurrency: 1,
    env: ({ postgres }) => ({ DATABASE_URL: postgres.url }),
  },
  mail: {
    concurrency: 1,
    env: ({ postgres, siteOrigin }) => ({
      MAIL_FROM: mailFrom,
      SITE_ORIGIN: siteOrigin,
      DATABASE_URL: postgres.url,
    }),
  },
  bounces: {
    concurrency: 1,
    env: ({ postgres }) => ({ DATABASE_URL: postgres.url }),
  },
  canary: {
    concurrency: 1,
    env: ({ postgres }) => ({
      DATABASE_URL: postgres.url,
      INCOMING_BUCKET: buckets.incoming,
      MEDIA_BUCKET: buckets.media,
    }),
  },
  janitor: {
    concurrency: 1,
    env: ({ postgres, sqs }) => ({
      DATABASE_URL: postgres.url,
      INCOMING_BUCKET: buckets.incoming,
      UPLOADS_QUEUE_URL: sqs.urlOf('uploads'),
    }),
  },
  purge: {
    concurrency: 1,
    // Without a distribution: the local front keeps no copies.
    env: ({ postgres }) => ({
      DATABASE_URL: postgres.url,
      INCOMING_BUCKET: buckets.incoming,
      MEDIA_BUCKET: buckets.media,
    }),
  },
  reconcile: {
    concurrency: 1,
    env: ({ postgres, sqs }) => ({
      DATABASE_URL: postgres.url,
      INCOMING_BUCKET: buckets.incoming,
      MEDIA_BUCKET: buckets.media,
      UPLOADS_QUEUE_URL: sqs.urlOf('uploads'),
    }),
  },
  accounts: {
    concurrency: 1,
    env: ({ postgres, sqs }) => ({
      DATABASE_URL: postgres.url,
      MEDIA_BUCKET: buckets.media,
      MAIL_QUEUE_URL: sqs.urlOf('mail'),
    }),
  },
  notify: {
    concurrency: 1,
    env: ({ postgres, sqs }) => ({ DATABASE_URL: postgres.url, NOTICES_QUEUE_URL: sqs.urlOf('notices') }),
  },
  notifier: {
    concurrency: 1,
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
    concurrency: 1,
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
    concurrency: 1,
    env: ({ postgres, auditKey }) => ({
      DATABASE_URL: postgres.url,
      MEDIA_BUCKET: buckets.media,
      AUDIT_HMAC_KEY: auditKey,
    }),
  },
  migrate: {
    concurrency: 1,
    env: ({ postgres }) => ({ DATABASE_URL: postgres.url }),
  },
}

export const functionDeclarations = Object.fromEntries(
  lambdaNames.map((name) => [name, declareFunction(name)]),
) as Record<LambdaName, FunctionDeclaration>

function declareFunction(name: LambdaName): FunctionDeclaration {
  const { consumes, everyMinutes, timeoutSeconds, memoryMb } = planOf(name)
  return {
    source: consumes === undefined ? null : { queue: consumes.queue, batchSize: consumes.batch },
    ...(everyMinutes === undefined ? {} : { everyMinutes }),
    timeoutMs: timeoutSeconds * 1000,
    memoryMb,
    ...localParts[name],
  }
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
