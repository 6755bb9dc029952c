// What the scheduled tasks say of their rounds, as far as it is shown: written by them as JSON, read by whoever tells how
// the system is. Plain numbers and names; nothing of anybody's.
import * as z from 'zod/mini'

const count = z.int().check(z.nonnegative())

export const queueFactsSchema = z.object({
  name: z.string(),
  waiting: count,
  inFlight: count,
  /** Null for an empty queue, and where nobody knows. */
  oldestSeconds: z.nullable(count),
  deadLetters: count,
})

export const uploadFactsSchema = z.object({
  /** Reserved, whether or not the bytes have come. */
  reserved: count,
  /** Of these, the ones whose event the janitor had to send again. */
  stuck: count,
  /** Ended in the last 24 hours because nothing came of them after all tries. */
  givenUp: count,
  /** Files that should have been deleted an hour ago. */
  undeleted: count,
})

export const storageFactsSchema = z.object({
  kind: z.enum(['image', 'video', 'audio']),
  items: count,
  /** Of the originals; what is derived from them comes on top. */
  bytes: count,
})

/** What `observe` saw. Null: that could not be asked. */
export const observationSchema = z.object({
  queues: z.nullable(z.array(queueFactsSchema)),
  uploads: z.nullable(uploadFactsSchema),
  /** Counted by the hour. */
  storage: z.nullable(z.object({ countedAtMs: z.int(), kinds: z.array(storageFactsSchema) })),
})

export const canaryReportSchema = z.array(
  z.object({
    kind: z.enum(['image', 'video', 'audio']),
    isOk: z.boolean(),
    /** Milliseconds of each step. */
    stepsMs: z.record(z.string(), z.number()),
    /** Null when all went well. */
    trouble: z.nullable(z.string()),
  }),
)

/** The last comparison that ended. */
export const reconcileReportSchema = z.object({
  endedAt: z.iso.datetime(),
  rows: count,
  objects: count,
  bytes: count,
  found: z.record(z.string(), z.object({ count, bytes: count, repaired: count })),
})

export type QueueFacts = z.infer<typeof queueFactsSchema>
export type UploadFacts = z.infer<typeof uploadFactsSchema>
export type KindStorage = z.infer<typeof storageFactsSchema>
export type Observation = z.infer<typeof observationSchema>
export type CanaryReport = z.infer<typeof canaryReportSchema>
