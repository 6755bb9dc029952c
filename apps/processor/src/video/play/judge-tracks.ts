// What becomes of each track of an MP4 or QuickTime film, and what of the file it takes. Called by scrub-iso.
import type { Box, BoxRegion } from './boxes.ts'
import type { MovieBox } from './movie-box.ts'
import { findTrackRanges, type SampleBounds, type TrackRanges } from './sample-ranges.ts'

export type Track = TrackRanges & {
  readonly box: Box
  /** `drop`: the track goes, its samples are harmless. `wipe`: its samples go too. */
  readonly fate: 'keep' | 'drop' | 'wipe'
}

/** Of empty ones a header has room for millions. */
const tracksMax = 1024

/** Tracks as players find them: the last of a header may claim more than there is. Throws RangeError for too many. */
export function judgeTracks({ region, moov }: MovieBox, bounds: SampleBounds): Track[] {
  const tracks: Track[] = []
  for (let at = moov.bodyStart; at < moov.end;) {
    const box = region.boxAt(at, moov.end)
    if (box === null) break
    if (box.type === 'trak')
      tracks.push({ box, fate: judgeTrack(region, box), ...findTrackRanges(region, box, bounds) })
    if (tracks.length > tracksMax) throw new RangeError('too many tracks')
    at = box.end
  }
  return tracks
}

/** What kind of track it is, in four letters; empty where it does not say. */
export function handlerOf(region: BoxRegion, trak: Box): string {
  const hdlr = region.find(trak, 'mdia', 'hdlr')
  return hdlr === null || hdlr.end - hdlr.bodyStart < 12 ? '' : region.type(hdlr.bodyStart + 8)
}

function judgeTrack(region: BoxRegion, trak: Box): Track['fate'] {
  const handler = handlerOf(region, trak)
  if (handler === 'vide' || handler === 'soun') return 'keep'
  if (handler === 'tmcd') return 'drop'
  const stsd = region.find(trak, 'mdia', 'minf', 'stbl', 'stsd')
  if (handler !== 'meta' || stsd === null || stsd.end - stsd.bodyStart < 16) return 'wipe'
  // Apple's timed metadata lists the keys it holds: orientation, faces, live photo marks. Those stay where they lie.
  const isApple = region.type(stsd.bodyStart + 12) === 'mebx'
  const keys = Buffer.from(region.slice(stsd.bodyStart, stsd.end)).toString('latin1')
  return isApple && !/location|gps|iso6709/i.test(keys) ? 'drop' : 'wipe'
}
