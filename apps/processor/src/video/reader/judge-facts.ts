// What both parsers conclude in the same way from a file's tracks.
import { bytesMaxByKind } from '@shoebox/shared/media/kinds.ts'
import { durationMsMaxByKind } from '@shoebox/shared/media/timed-limits.ts'
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import type { MediaFacts, MediaRefusal } from './media-reading.ts'

/** MP4 and QuickTime hold films and sounds alike; the other containers keep the name their bytes gave them. */
export function typeOf(type: TimedType, hasPictures: boolean): TimedType {
  if (!hasPictures) return type === 'video/mp4' || type === 'video/quicktime' ? 'audio/mp4' : type
  return type === 'audio/mp4' ? 'video/mp4' : type
}

/** By its tracks, as the persister has it: Matroska names films and sounds alike. */
export const kindByTracks = ({ video }: Pick<MediaFacts, 'video'>) => (video === null ? 'audio' : 'video')

/** How large and how long it may be: asked before all of a sound is read. */
export function judgeFacts(facts: MediaFacts, bytes: number): MediaRefusal | null {
  const { type, durationMs } = facts
  const kind = kindByTracks(facts)
  if (bytes > bytesMaxByKind[kind]) return { reason: 'file_too_large', detail: type }
  const isTooLong = durationMs !== null && durationMs > durationMsMaxByKind[kind]
  return isTooLong ? { reason: 'media_too_long', detail: `${durationMs} ms` } : null
}
