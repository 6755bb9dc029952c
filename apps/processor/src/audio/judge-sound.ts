import { judgeFacts } from '../video/reader/judge-facts.ts'
import type { MediaFacts, MediaRefusal } from '../video/reader/media-reading.ts'
import type { DecodedSound } from './decode-peaks.ts'

/** FLAC says exactly how long it is; a tenth may be missing from a recording that a player still takes. */
const wholeShareMin = 0.9
/** What codecs put before and behind a sound, at most. */
const paddingMs = 1000

/** Decides, once a sound was decoded, whether it is one. Lengths are estimates in other containers, and lies in some. */
export function judgeSound(facts: MediaFacts, bytes: number, { end, waveform }: DecodedSound): MediaRefusal | null {
  const { durationMs } = waveform
  const tooLong = judgeFacts({ ...facts, durationMs: durationMs - paddingMs }, bytes)
  if (tooLong !== null || end !== 'decoded') return tooLong
  if (durationMs === 0) return { reason: 'media_no_track', detail: 'not one packet decodes' }
  const statedMs = facts.type === 'audio/flac' ? (facts.durationMs ?? 0) : 0
  return durationMs < statedMs * wholeShareMin
    ? { reason: 'media_damaged', detail: `${durationMs} of ${statedMs} ms decode` }
    : null
}
