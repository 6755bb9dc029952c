// What the processor says on the `outcomes` queue once a file is settled. The persister reads nothing else.
import * as z from 'zod/mini'
import { isId, type MediaId, type UserId } from '../ids.ts'
import { mediaTypes } from '../media/kinds.ts'
import { derivativeNames } from '../media/derivatives.ts'
import { fingerprintDigits } from '../media/fingerprint.ts'
import { inspectionRefusals } from '../refusals.ts'
import { isRequestId } from '../request-id.ts'
import { captureDetailsSchema } from './capture-details.schema.ts'
import { positiveInteger as pixels, storedText, wallClock } from './stored-values.schema.ts'
import { timedDetailsSchema } from './timed-details.schema.ts'

const mediaId = z.custom<MediaId>((value) => typeof value === 'string' && isId('media', value))
const userId = z.custom<UserId>((value) => typeof value === 'string' && isId('user', value))

const base = z.object({
  version: z.literal(1),
  mediaId,
  ownerId: userId,
  incomingKey: storedText(1024),
  /** The inspected ETag, unquoted. */
  etag: z.string().check(z.minLength(1), z.maxLength(128)),
  /** When the inspection ended, milliseconds since 1970. */
  inspectedAtMs: z.int().check(z.nonnegative()),
  /** Of the request that the upload was signed for; for logs only. */
  requestId: z.optional(z.string().check(z.refine(isRequestId))),
})

const takenAt = z.object({
  local: wallClock,
  /** Minutes east of UTC, or null when the file does not say. */
  offsetMinutes: z.nullable(z.int().check(z.minimum(-14 * 60), z.maximum(14 * 60))),
  source: z.enum(['exif', 'xmp', 'container']),
})

const derivative = z.object({
  name: z.enum(derivativeNames),
  widthPx: pixels,
  heightPx: pixels,
  bytes: z.int().check(z.positive()),
})

/** Hash of the inspected ETag; names the folder of the promoted objects. */
const generation = z.string().check(z.regex(/^[0-9a-f]{16}$/))

const ready = z.extend(base, {
  outcome: z.literal('ready'),
  generation,
  type: z.enum(mediaTypes),
  bytes: z.int().check(z.positive()),
  /** SHA-256 that S3 reports, standard base64, or null where S3 has none. */
  sha256: z.nullable(storedText(64)),
  /** Upright size; null for kinds whose details are not read yet. */
  widthPx: z.nullable(pixels),
  heightPx: z.nullable(pixels),
  /** Thumbhash bytes in standard base64. */
  thumbhash: z.nullable(storedText(64)),
  /** `#rrggbb`. */
  dominantColor: z.nullable(z.string().check(z.regex(/^#[0-9a-f]{6}$/))),
  /** What its picture looks like; see fingerprint.ts. Null or absent: there is no picture, or too little to see. */
  fingerprint: z.optional(z.nullable(z.string().check(z.length(fingerprintDigits), z.regex(/^[0-9a-f]*$/)))),
  takenAt: z.nullable(takenAt),
  /** Absent where the file says nothing of it. */
  capture: z.optional(captureDetailsSchema),
  /** True when only the first frame of an animation is shown. */
  isCutToFirstFrame: z.boolean(),
  derivatives: z.array(derivative),
  /** What kind of file the stripped copy is that others may download. Null or absent: there is none. */
  copyType: z.optional(z.nullable(z.enum(mediaTypes))),
  /** Films and sounds only. */
  timed: z.optional(timedDetailsSchema),
})

const refused = z.extend(base, {
  outcome: z.literal('refused'),
  /** Where a try that broke off may have left something. Absent in messages from before this was said. */
  generation: z.optional(generation),
  reason: z.enum(inspectionRefusals),
  /** What the bytes really are, as a MIME name, where that is known. */
  detectedType: z.nullable(storedText(127)),
})

export const outcomeSchema = z.discriminatedUnion('outcome', [ready, refused])

export type Outcome = z.infer<typeof outcomeSchema>
export type ReadyOutcome = z.infer<typeof ready>
export type RefusedOutcome = z.infer<typeof refused>
