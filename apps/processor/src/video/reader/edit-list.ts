// Which part of a track is played: its edit list (ISO/IEC 14496-12, 8.6.6). Who trims a film without encoding it anew
// shortens nothing but this list. Rates are passed over, as FFmpeg does.
import type { Box, BoxRegion } from '../play/boxes.ts'
import { isLong, readClock, trackIdOf, tracksOf, type Clock, type MovieBox } from '../play/movie-box.ts'

/** From one second of what is played to another; `shift` more are the seconds that mediabunny counts. */
export type Segment = { readonly begin: number; readonly end: number; readonly shift: number }

export type EditList = {
  /** How long it is played, delays included. */
  readonly seconds: number
  /** When something is first played. */
  readonly begin: number
  /** In the order they are played in; at least one. */
  readonly segments: readonly Segment[]
  /** One part of the track as it is, and perhaps a delay before it: mediabunny counts by that. */
  readonly isPlain: boolean
}

/** Null where all of the track is played, or nothing sensible is said of it. */
export function findEditList({ region, moov }: MovieBox, trackId: number): EditList | null {
  const trak = tracksOf({ region, moov }).find((one) => trackIdOf(region, one) === trackId)
  const mvhd = region.find(moov, 'mvhd')
  // Fragments say for themselves when they are played.
  if (trak === undefined || mvhd === null || region.find(moov, 'mvex') !== null) return null
  try {
    const track = readClock(region, region.find(trak, 'mdia', 'mdhd'))
    const movie = readClock(region, mvhd)
    const elst = region.find(trak, 'edts', 'elst')
    return elst === null || track === null || movie === null ? null : layOut(readEntries(region, elst), track, movie)
  } catch (error) {
    // A box that ends before its own fields do.
    if (error instanceof RangeError) return null
    throw error
  }
}

type Entry = {
  /** By the movie's clock. */
  readonly ticks: number
  /** Where it begins by the track's clock; -1: nothing is played meanwhile. */
  readonly mediaTicks: number
  readonly isAtRate1: boolean
}

function readEntries(region: BoxRegion, elst: Box): Entry[] {
  const long = isLong(region, elst)
  const first = elst.bodyStart + 8
  const entryBytes = long ? 20 : 12
  const count = Math.min(region.uint32(first - 4), Math.floor((elst.end - first) / entryBytes))
  return Array.from({ length: count }, (_, n) => {
    const at = first + entryBytes * n
    const [ticks, mediaAt] = long ? [region.uint64(at), at + 8] : [region.uint32(at), at + 4]
    const mediaTicks = (region.uint32(mediaAt) | 0) * (long ? 2 ** 32 : 1) + (long ? region.uint32(mediaAt + 4) : 0)
    return { ticks, mediaTicks, isAtRate1: region.uint32(at + entryBytes - 4) === 0x1_0000 }
  })
}

function layOut(entries: readonly Entry[], track: Clock, movie: Clock): EditList | null {
  const played = entries.filter(({ mediaTicks }) => mediaTicks >= 0)
  // Without a length a part goes on to the end, wherever that is.
  if (played.length === 0 || played.some(({ ticks }) => ticks === 0)) return null
  const isCounted = played[0]?.isAtRate1 === true
  const isPlain = isCounted && played.length === 1
  const longest = isPlain || track.ticks === 0 ? Infinity : track.ticks / track.ticksPerSecond
  const segments: Segment[] = []
  // What mediabunny takes off its times; nothing when the first part has another rate.
  let zero = 0
  let seconds = 0
  for (const { ticks, mediaTicks } of entries) {
    const begin = seconds
    seconds += Math.min(ticks / movie.ticksPerSecond, mediaTicks < 0 ? Infinity : longest)
    if (mediaTicks < 0) continue
    const shift = mediaTicks / track.ticksPerSecond - begin
    if (segments.length === 0 && isCounted) zero = shift
    segments.push({ begin, end: seconds, shift: shift - zero })
  }
  return { seconds, begin: segments[0]?.begin ?? 0, segments, isPlain }
}

/** The part that is played at a moment, in which a delay belongs to what was played before it. */
export const findSegment = ({ segments }: EditList, seconds: number): Segment | null =>
  segments.findLast(({ begin }) => begin <= seconds) ?? null
