// What is known of a film or a sound beside what every item has. Part of its outcome; absent for pictures.
import * as z from 'zod/mini'
import { captionTracksMax, peakMax, peaksCount } from '../media/timed-limits.ts'
import { plainWords, positiveInteger, positiveReal, storedText } from './stored-values.schema.ts'

const captions = z.object({
  /** BCP 47, where the file says. */
  language: z.nullable(storedText(35).check(z.minLength(2))),
  /** What the file calls them. */
  label: z.nullable(plainWords),
  /** Of the WebVTT file. */
  bytes: z.int().check(z.positive()),
})

export const timedDetailsSchema = z.object({
  /** Null when the file does not say and a bounded search did not find it. */
  durationMs: z.nullable(positiveInteger),
  /** `avc`, `hevc`, `vp9`, `av1` …, or the container's own name; null for a sound. */
  videoCodec: z.nullable(storedText(32)),
  audioCodec: z.nullable(storedText(32)),
  /** Frames per second. */
  frameRate: z.nullable(positiveReal(10_000)),
  isHdr: z.boolean(),
  /** The waveform: strongest sample of each 200th, 0 to 255. */
  peaks: z.nullable(z.array(z.int().check(z.minimum(0), z.maximum(peakMax))).check(z.length(peaksCount))),
  tags: z.object({
    title: z.optional(plainWords),
    artist: z.optional(plainWords),
    album: z.optional(plainWords),
    genre: z.optional(plainWords),
    year: z.optional(z.int().check(z.minimum(1000), z.maximum(9999))),
    track: z.optional(z.int().check(z.positive(), z.maximum(9999))),
  }),
  /** Whether there is a copy without places and device names to play; without it the item can only be downloaded. */
  hasPlay: z.boolean(),
  /** The nth stands at the nth of captionKey(). Null or absent: the film brings none. */
  captions: z.optional(z.nullable(z.array(captions).check(z.minLength(1), z.maxLength(captionTracksMax)))),
})
