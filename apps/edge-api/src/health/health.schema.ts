import * as z from 'zod/mini'
import {
  canaryReportSchema,
  queueFactsSchema,
  reconcileReportSchema,
  storageFactsSchema,
  uploadFactsSchema,
} from '@shoebox/shared/operations/observation.schema.ts'
import { troubleCodes } from '@shoebox/shared/operations/judge-system.ts'

const moment = z.iso.datetime()

export const systemOutput = z.strictObject({
  readAt: moment,
  schema: z.enum(['current', 'behind', 'ahead']),
  /** When queues and uploads were looked at. Null: never yet. */
  observedAt: z.nullable(moment),
  /** Null: they did not answer. */
  queues: z.nullable(
    z.array(z.strictObject({ ...queueFactsSchema.shape, /** Longer than it should. */ isSlow: z.boolean() })),
  ),
  uploads: z.nullable(uploadFactsSchema),
  storage: z.nullable(z.strictObject({ countedAt: moment, kinds: z.array(storageFactsSchema) })),
  /** What the clock starts, by name. */
  tasks: z.array(
    z.strictObject({
      task: z.string(),
      isOk: z.boolean(),
      isLate: z.boolean(),
      startedAt: moment,
      endedAt: moment,
      /** Null: nobody knows how often. */
      everyMinutes: z.nullable(z.number()),
    }),
  ),
  /** Null: it has not sent anything yet. */
  canary: z.nullable(z.strictObject({ endedAt: moment, verdicts: canaryReportSchema })),
  /** The last comparison that ended. Null: none has. */
  reconciler: z.nullable(reconcileReportSchema),
  /** What needs somebody, the gravest first. */
  troubles: z.array(
    z.strictObject({ code: z.enum(troubleCodes), part: z.nullable(z.string()), count: z.int().check(z.nonnegative()) }),
  ),
})

export type SystemOutput = z.infer<typeof systemOutput>
