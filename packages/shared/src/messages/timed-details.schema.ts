// What is known of a film or a sound beside what every item has. Part of its outcome; absent for pictures.
import * as z from 'zod'
import { peakMax, peaksCount } from '../media/timed-limits.ts'

const word = z.string().min(1).max(200)

export const timedDetailsSchema = z.object({
  /** Null when the file does not say and a bounded search did not find it. */
  durationMs: z.int().positive().nullable(),
  /** `avc`, `hevc`, `vp9`, `av1` …, or the container's own name; null for a sound. */
  videoCodec: z.string().max(32).nullable(),
  audioCodec: z.string().max(32).nullable(),
  /** Frames per second. */
  frameRate: z.number().positive().max(10_000).nullable(),
  isHdr: z.boolean(),
  /** The waveform: strongest sample of each 200th, 0 to 255. */
  peaks: z.array(z.int().min(0).max(peakMax)).length(peaksCount).nullable(),
  tags: z.object({
    title: word.optional(),
    artist: word.optional(),
    album: word.optional(),
    genre: word.optional(),
    year: z.int().min(1000).max(9999).optional(),
    track: z.int().positive().max(9999).optional(),
  }),
  /** Whether there is a copy without places and device names to play; without it the item can only be downloaded. */
  hasPlay: z.boolean(),
})
