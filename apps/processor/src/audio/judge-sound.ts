import type { MediaFacts, MediaRefusal } from '../video/reader/media-reading.ts'
import type { Waveform } from './decode-peaks.ts'

/** FLAC says exactly how long it is; a tenth may be missing from a recording that a player still takes. */
const wholeShareMin = 0.9

/** Decides, once all of a sound was decoded, whether it is one. Lengths in other containers are estimates. */
export function judgeSound(facts: MediaFacts, { durationMs }: Waveform): MediaRefusal | null {
  if (durationMs === 0) return { reason: 'media_no_track', detail: 'not one packet decodes' }
  const statedMs = facts.type === 'audio/flac' ? (facts.durationMs ?? 0) : 0
  return durationMs < statedMs * wholeShareMin
    ? { reason: 'media_damaged', detail: `${durationMs} of ${statedMs} ms decode` }
    : null
}
