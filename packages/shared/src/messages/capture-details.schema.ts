// With what, how and roughly where something was taken, as far as the file says so. Part of its outcome. The exact
// place never leaves the processor: what stands here is a country, the nearest larger city and a rounded position.
import * as z from 'zod'

const word = z.string().min(1).max(200)
/** One decimal is a square of about ten kilometres. */
const degrees = (max: number) => z.number().min(-max).max(max).multipleOf(0.1)

export const captureDetailsSchema = z.object({
  /** Maker and model. Never a serial number or an owner. */
  camera: word.nullable(),
  lens: word.nullable(),
  exposure: z
    .object({
      shutterSeconds: z.number().positive().max(100_000).optional(),
      fNumber: z.number().positive().max(1000).optional(),
      iso: z.int().positive().max(100_000_000).optional(),
      focalLengthMm: z.number().positive().max(100_000).optional(),
      /** What the focal length would be on 35 mm film. */
      focalLength35Mm: z.number().positive().max(100_000).optional(),
    })
    .nullable(),
  place: z
    .object({
      /** ISO 3166-1, two letters. */
      country: z.string().regex(/^[A-Z]{2}$/),
      /** The nearest larger one in that country, or null where there is none for a long way. */
      city: word.nullable(),
      latitude: degrees(90),
      longitude: degrees(180),
    })
    .nullable(),
})

export type CaptureDetails = z.infer<typeof captureDetailsSchema>
