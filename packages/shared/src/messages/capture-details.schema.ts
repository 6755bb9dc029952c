// With what, how and roughly where something was taken, as far as the file says so. Part of its outcome. The exact
// place never leaves the processor: what stands here is a country, the nearest larger city and a rounded position.
import * as z from 'zod/mini'
import { plainWords } from './stored-values.schema.ts'

/** One decimal is a square of about ten kilometres. */
const degrees = (max: number) => z.number().check(z.minimum(-max), z.maximum(max), z.multipleOf(0.1))

/** How it was exposed, as far as the file says. */
export const exposureSchema = z.object({
  shutterSeconds: z.optional(z.number().check(z.positive(), z.maximum(100_000))),
  fNumber: z.optional(z.number().check(z.positive(), z.maximum(1000))),
  iso: z.optional(z.int().check(z.positive(), z.maximum(100_000_000))),
  focalLengthMm: z.optional(z.number().check(z.positive(), z.maximum(100_000))),
  /** What the focal length would be on 35 mm film. */
  focalLength35Mm: z.optional(z.number().check(z.positive(), z.maximum(100_000))),
})

export const placeSchema = z.object({
  /** ISO 3166-1, two letters. */
  country: z.string().check(z.regex(/^[A-Z]{2}$/)),
  /** The nearest larger one in that country, or null where there is none for a long way. */
  city: z.nullable(plainWords),
  latitude: degrees(90),
  longitude: degrees(180),
})

export const captureDetailsSchema = z.object({
  /** Maker and model. Never a serial number or an owner. */
  camera: z.nullable(plainWords),
  lens: z.nullable(plainWords),
  exposure: z.nullable(exposureSchema),
  place: z.nullable(placeSchema),
})

export type CaptureDetails = z.infer<typeof captureDetailsSchema>
