// The only file that reads configuration. A Worker with a wrong setting answers nothing but faults, and the log says
// which setting it was.
import * as z from 'zod/mini'
import type { BurstLimiter } from './middleware/limit-burst.ts'
import type { Assets } from './middleware/serve-assets.ts'

const origin = z
  .url()
  .check(z.refine((text) => new URL(text).origin === text, 'an origin: no path, no slash at the end'))

/** An absent variable may also arrive as an empty text. */
const optional = <T extends z.ZodMiniType>(schema: T) =>
  z.pipe(
    z.transform((value: unknown) => (value === '' ? undefined : value)),
    z.optional(schema),
  )

const envSchema = z.object({
  /** Where people reach the site; mutations must come from here. */
  SITE_ORIGIN: origin,
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Where the database is asked over HTTP, instead of the address that belongs to the host. */
  DATABASE_HTTP_ENDPOINT: optional(z.url()),
  AWS_REGION: z.string().check(z.minLength(1)),
  AWS_ACCESS_KEY_ID: z.string().check(z.minLength(1)),
  AWS_SECRET_ACCESS_KEY: z.string().check(z.minLength(1)),
  /** Another S3 than Amazon's, addressed by path. */
  S3_ENDPOINT: optional(z.url()),
  INCOMING_BUCKET: z.string().check(z.minLength(1)),
  MAIL_QUEUE_URL: z.url(),
  /** The delivery front. */
  MEDIA_ORIGIN: origin,
  DELIVERY_KEY_PAIR_ID: z.string().check(z.minLength(1)),
  /** PKCS#8 PEM, EC P-256. */
  DELIVERY_PRIVATE_KEY: z.string().check(z.includes('PRIVATE KEY')),
  /** Keys the hashes of codes and of what limits count by. */
  CODE_HMAC_KEY: z.string().check(z.minLength(32)),
  /** What the keys of audit entries are derived from. */
  AUDIT_HMAC_KEY: z.string().check(z.minLength(32)),
  /** What the links in digests are signed with. */
  LINK_HMAC_KEY: z.string().check(z.minLength(32)),
  /** What browsers are subscribed to pushes with: SPKI PEM, EC P-256. */
  PUSH_PUBLIC_KEY: z.string().check(z.includes('PUBLIC KEY')),
  /** Another push service than the browsers' own, which may be http and on loopback. */
  PUSH_ENDPOINT: optional(origin),
  /** How long a signed delivery URL stays the same. */
  DELIVERY_BUCKET_SECONDS: z._default(optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(3600))), 300),
  ASSETS: z.custom<Assets>(hasMethod('fetch')),
  BURST_LIMIT: z.custom<BurstLimiter>(hasMethod('limit')),
})

export type Env = z.infer<typeof envSchema>

/** Checks the Worker's bindings. Throws with the names of those that are wrong, never with their values. */
export function parseEnv(bindings: unknown): Env {
  const parsed = envSchema.safeParse(bindings)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`)
  throw new Error(`the Worker's settings are wrong: ${wrong.join('; ')}`)
}

function hasMethod(name: string) {
  return (value: unknown): boolean =>
    typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'function'
}
