// What the processor says on the `outcomes` queue once a file is settled. The persister reads nothing else.
import * as z from 'zod'
import { idPattern, type MediaId, type UserId } from '../ids.ts'
import { mediaTypes } from '../media/kinds.ts'
import { derivativeNames } from '../media/derivatives.ts'
import { inspectionRefusals } from '../refusals.ts'
import { captureDetailsSchema } from './capture-details.schema.ts'
import { timedDetailsSchema } from './timed-details.schema.ts'

const mediaId = z.custom<MediaId>((value) => typeof value === 'string' && idPattern('media').test(value))
const userId = z.custom<UserId>((value) => typeof value === 'string' && idPattern('user').test(value))
const pixels = z.int().positive()

const base = z.object({
  version: z.literal(1),
  mediaId,
  ownerId: userId,
  incomingKey: z.string().max(1024),
  /** The inspected ETag, unquoted. */
  etag: z.string().min(1).max(128),
  /** When the inspection ended, milliseconds since 1970. */
  inspectedAtMs: z.int().nonnegative(),
  /** Of the request that the upload was signed for; for logs only. */
  requestId: z.uuid().optional(),
})

const takenAt = z.object({
  /** Local wall-clock time, `YYYY-MM-DDTHH:MM:SS`. */
  local: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
  /** Minutes east of UTC, or null when the file does not say. */
  offsetMinutes: z
    .int()
    .min(-14 * 60)
    .max(14 * 60)
    .nullable(),
  source: z.enum(['exif', 'xmp', 'container']),
})

const derivative = z.object({
  name: z.enum(derivativeNames),
  widthPx: pixels,
  heightPx: pixels,
  bytes: z.int().positive(),
})

const ready = base.extend({
  outcome: z.literal('ready'),
  /** Hash of the inspected ETag; names the folder of the promoted objects. */
  generation: z.string().regex(/^[0-9a-f]{16}$/),
  type: z.enum(mediaTypes),
  bytes: z.int().positive(),
  /** SHA-256 that S3 reports, standard base64, or null where S3 has none. */
  sha256: z.string().nullable(),
  /** Upright size; null for kinds whose details are not read yet. */
  widthPx: pixels.nullable(),
  heightPx: pixels.nullable(),
  /** Thumbhash bytes in standard base64. */
  thumbhash: z.string().max(64).nullable(),
  /** `#rrggbb`. */
  dominantColor: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .nullable(),
  takenAt: takenAt.nullable(),
  /** Absent where the file says nothing of it. */
  capture: captureDetailsSchema.optional(),
  /** True when only the first frame of an animation is shown. */
  isCutToFirstFrame: z.boolean(),
  derivatives: z.array(derivative),
  /** What kind of file the stripped copy is that others may download. Null or absent: there is none. */
  copyType: z.enum(mediaTypes).nullable().optional(),
  /** Films and sounds only. */
  timed: timedDetailsSchema.optional(),
})

const refused = base.extend({
  outcome: z.literal('refused'),
  reason: z.enum(inspectionRefusals),
  /** What the bytes really are, as a MIME name, where that is known. */
  detectedType: z.string().max(127).nullable(),
})

export const outcomeSchema = z.discriminatedUnion('outcome', [ready, refused])

export type Outcome = z.infer<typeof outcomeSchema>
export type ReadyOutcome = z.infer<typeof ready>
export type RefusedOutcome = z.infer<typeof refused>
