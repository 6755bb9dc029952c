// What both parsers conclude in the same way from a file's tracks.
import { durationMsMaxByKind } from '@shoebox/shared/media/timed-limits.ts'
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import type { MediaFacts, MediaRefusal } from './media-reading.ts'

/** MP4 and QuickTime hold films and sounds alike; the other containers keep the name their bytes gave them. */
export function typeOf(type: TimedType, hasPictures: boolean): TimedType {
  if (!hasPictures) return type === 'video/mp4' || type === 'video/quicktime' ? 'audio/mp4' : type
  return type === 'audio/mp4' ? 'video/mp4' : type
}

export function judgeDuration({ video, durationMs }: MediaFacts): MediaRefusal | null {
  const longest = durationMsMaxByKind[video === null ? 'audio' : 'video']
  return durationMs !== null && durationMs > longest ? { reason: 'media_too_long', detail: `${durationMs} ms` } : null
}
