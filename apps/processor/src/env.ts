// The only place that reads the environment. Each Lambda asks for what it needs and does not start without it.
import * as z from 'zod'

const text = z.string().min(1)
const databaseUrl = z.url({ protocol: /^postgres(ql)?$/ })

/** What inspect and video share. */
const mediaEnv = z.object({ INCOMING_BUCKET: text, MEDIA_BUCKET: text, OUTCOMES_QUEUE_URL: z.url() })

/** Where the AWS clients go is the SDK's own business: it reads AWS_REGION, credentials and AWS_ENDPOINT_URL_* itself. */
export const readInspectEnv = (source: NodeJS.ProcessEnv = process.env) =>
  mediaEnv.extend({ VIDEOS_QUEUE_URL: z.url() }).parse(source)

export const readVideoEnv = (source: NodeJS.ProcessEnv = process.env) => mediaEnv.parse(source)

export const readCanaryEnv = (source: NodeJS.ProcessEnv = process.env) =>
  z.object({ INCOMING_BUCKET: text, MEDIA_BUCKET: text, DATABASE_URL: databaseUrl }).parse(source)

export const readDatabaseEnv = (source: NodeJS.ProcessEnv = process.env) =>
  z.object({ DATABASE_URL: databaseUrl }).parse(source)

export const readJanitorEnv = (source: NodeJS.ProcessEnv = process.env) =>
  z.object({ INCOMING_BUCKET: text, UPLOADS_QUEUE_URL: z.url(), DATABASE_URL: databaseUrl }).parse(source)

export const readPurgeEnv = (source: NodeJS.ProcessEnv = process.env) =>
  z
    .object({
      INCOMING_BUCKET: text,
      MEDIA_BUCKET: text,
      DATABASE_URL: databaseUrl,
      DELIVERY_DISTRIBUTION_ID: text.optional(),
    })
    .parse(source)

export const readReconcileEnv = (source: NodeJS.ProcessEnv = process.env) =>
  z
    .object({ INCOMING_BUCKET: text, MEDIA_BUCKET: text, UPLOADS_QUEUE_URL: z.url(), DATABASE_URL: databaseUrl })
    .parse(source)

export const readAuditEnv = (source: NodeJS.ProcessEnv = process.env) =>
  z.object({ MEDIA_BUCKET: text, AUDIT_HMAC_KEY: text.min(32), DATABASE_URL: databaseUrl }).parse(source)

export const readAccountsEnv = (source: NodeJS.ProcessEnv = process.env) =>
  z.object({ MEDIA_BUCKET: text, MAIL_QUEUE_URL: z.url(), DATABASE_URL: databaseUrl }).parse(source)

/** What may be looked at, by name: `{"mail":{"url":…,"deadUrl":…},…}`. */
const observedQueues = z.record(z.string(), z.object({ url: z.url(), deadUrl: z.url() }))

export const readObserveEnv = (source: NodeJS.ProcessEnv = process.env) =>
  z
    .object({
      DATABASE_URL: databaseUrl,
      QUEUES: text.transform((json): unknown => JSON.parse(json)).pipe(observedQueues),
    })
    .parse(source)

export const readMailEnv = (source: NodeJS.ProcessEnv = process.env) =>
  z.object({ MAIL_FROM: text, SITE_ORIGIN: z.url(), DATABASE_URL: databaseUrl }).parse(source)

export const readNotifyEnv = (source: NodeJS.ProcessEnv = process.env) =>
  z.object({ NOTICES_QUEUE_URL: z.url(), DATABASE_URL: databaseUrl }).parse(source)

export const readNotifierEnv = (source: NodeJS.ProcessEnv = process.env) =>
  z
    .object({
      DATABASE_URL: databaseUrl,
      MAIL_FROM: text,
      SITE_ORIGIN: z.url(),
      PUSH_PRIVATE_KEY: text,
      PUSH_ENDPOINT: z.url().optional(),
      LINK_HMAC_KEY: z.string().min(32),
    })
    .parse(source)

/**
 * What the decoder's process is given: no credentials, only what Node needs to start. glibc keeps one heap per thread
 * unless told otherwise, which doubles the memory of a long-lived libvips.
 */
export function makeDecoderEnv(source: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const { PATH, LD_LIBRARY_PATH } = source
  return {
    MALLOC_ARENA_MAX: '2',
    TZ: 'UTC',
    ...(PATH === undefined ? {} : { PATH }),
    ...(LD_LIBRARY_PATH === undefined ? {} : { LD_LIBRARY_PATH }),
  }
}
