// What both parsers conclude in the same way from a file's tracks.
import { bytesMaxByKind } from '@shoebox/shared/media/kinds.ts'
import { durationMsMaxByKind } from '@shoebox/shared/media/timed-limits.ts'
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import type { MediaFacts, MediaRefusal } from './media-reading.ts'
import type { DisplaySize } from './track-packets.ts'

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

const framesPerSecondMax = 10_000

/** Frames per second, to a hundredth; null where that tells nothing: slides stand for minutes. */
export function tellFrameRate(rate: number | null): number | null {
  const hundredths = Math.round((rate ?? 0) * 100)
  return hundredths > 0 && hundredths <= framesPerSecondMax * 100 ? hundredths / 100 : null
}

/** Null where nobody says; a film of a single picture may be shorter than what lengths are counted in. */
export const tellDurationMs = (seconds: number): number | null =>
  seconds > 0 && Number.isFinite(seconds) ? Math.max(1, Math.round(seconds * 1000)) : null

/** Containers keep a picture's size in 16 bits. */
const sidePxMax = 0xffff

/**
 * In square pixels, as they lie in the file: the longer side grows, none shrinks.
 * @param shape width of a pixel by its height; one that would make no picture of it is passed over, as by players
 */
export function squarePixels(width: number, height: number, shape: number): DisplaySize {
  const isPicture = (wide: number, high: number) => wide > 0 && high > 0 && Math.max(wide, high) <= sidePxMax
  if (!isPicture(width, height)) throw new Error(`a picture of ${width}x${height}`)
  const [wide, high] = shape >= 1 ? [width * shape, height] : [width, height / shape]
  return isPicture(wide, high)
    ? { widthPx: Math.round(wide), heightPx: Math.round(high) }
    : { widthPx: width, heightPx: height }
}
