// What the fragments of an MP4 say of the samples in them (ISO/IEC 14496-12, 8.8): each has a table of its own, all along
// the file, so that reading them all is a read for each. Bounded by the budget of the source. Throws RangeError for
// tables that contradict themselves or lead out of the file.
import type { BlockSource } from '../reader/block-source.ts'
import { BoxRegion, readBox, type Box } from './boxes.ts'
import type { MovieBox } from './movie-box.ts'

export type TimedSample = { readonly start: number; readonly end: number; readonly ticks: number }

/** What one fragment holds of one track. */
export type TrackFragment = {
  readonly box: Box
  readonly trackId: number
  /** False when its samples are found by counting from the track before it. */
  readonly standsAlone: boolean
  /** Of its first sample, in the clock of the track; null where it goes on from the fragment before. */
  readonly startTicks: number | null
  readonly samples: readonly TimedSample[]
}

const moofBytesMax = 16 * 2 ** 20
const samplesMax = 2 ** 18

/** Fragment by fragment, from the first to the end of the file. */
export async function* readFragments(source: BlockSource, movie: MovieBox): AsyncGenerator<TrackFragment[]> {
  const defaults = readFragmentDefaults(movie)
  for (let at = 0; at < source.bytes;) {
    const box = readBox(await source.read(at, Math.min(source.bytes, at + 16)), at, source.bytes)
    // What is no box is a trailer; one that was cut off held nothing that is shown.
    if (box === null || box.end > source.bytes) return
    if (box.type === 'moof') yield readFragment(await readMoof(source, box), box, { defaults, fileBytes: source.bytes })
    at = box.end
  }
}

/** The header of one fragment, in memory. */
export async function readMoof(source: BlockSource, { start, end }: Box): Promise<BoxRegion> {
  if (end - start > moofBytesMax) throw new RangeError('a fragment with too large a table')
  return new BoxRegion(await source.read(start, end), start)
}

type Defaults = { readonly ticks: number; readonly bytes: number }

/** By track, what holds where a fragment says nothing. */
export function readFragmentDefaults({ region, moov }: MovieBox): Map<number, Defaults> {
  const mvex = region.find(moov, 'mvex')
  const boxes = mvex === null ? [] : [...region.boxes(mvex.bodyStart, mvex.end)].filter(({ type }) => type === 'trex')
  return new Map(
    boxes.map(({ bodyStart: at }) => [
      region.uint32(at + 4),
      { ticks: region.uint32(at + 12), bytes: region.uint32(at + 16) },
    ]),
  )
}

type Context = { readonly defaults: ReadonlyMap<number, Defaults>; readonly fileBytes: number }

/** Track by track, what one fragment says of its samples. */
export function readFragment(region: BoxRegion, moof: Box, { defaults, fileBytes }: Context): TrackFragment[] {
  const tracks: TrackFragment[] = []
  let previousEnd = moof.start
  for (const box of region.boxes(moof.bodyStart, moof.end)) {
    if (box.type !== 'traf') continue
    const header = readHeader(region, box, moof, defaults)
    const samples = readSamples(region, box, header, header.base ?? previousEnd)
    if (samples.some(({ end }) => end > fileBytes)) throw new RangeError('a sample behind the end of the file')
    previousEnd = samples.at(-1)?.end ?? previousEnd
    const { trackId, base } = header
    tracks.push({ box, trackId, samples, standsAlone: base !== null, startTicks: readStart(region, box) })
  }
  return tracks
}

function readHeader(region: BoxRegion, traf: Box, moof: Box, defaults: ReadonlyMap<number, Defaults>) {
  const tfhd = region.find(traf, 'tfhd')
  if (tfhd === null) throw new RangeError('a fragment of no track')
  const flags = region.uint32(tfhd.bodyStart)
  const trackId = region.uint32(tfhd.bodyStart + 4)
  let at = tfhd.bodyStart + 8
  const next = (flag: number, bytes: 4 | 8): number | null => {
    if ((flags & flag) === 0) return null
    at += bytes
    return bytes === 8 ? region.uint64(at - 8) : region.uint32(at - 4)
  }
  const stated = next(0x1, 8)
  next(0x2, 4)
  const [ticks, bytes] = [next(0x8, 4), next(0x10, 4)]
  const fallback = defaults.get(trackId) ?? { ticks: 0, bytes: 0 }
  const base = stated ?? ((flags & 0x2_0000) === 0 ? null : moof.start)
  return { trackId, base, ticks: ticks ?? fallback.ticks, bytes: bytes ?? fallback.bytes }
}

function readSamples(region: BoxRegion, traf: Box, { ticks, bytes }: Defaults, base: number): TimedSample[] {
  const samples: TimedSample[] = []
  let start = base
  for (const trun of region.boxes(traf.bodyStart, traf.end)) {
    if (trun.type !== 'trun') continue
    const flags = region.uint32(trun.bodyStart)
    const count = region.uint32(trun.bodyStart + 4)
    if (samples.length + count > samplesMax) throw new RangeError('a fragment of too many samples')
    let at = trun.bodyStart + 8
    const next = (flag: number, otherwise: number): number => {
      if ((flags & flag) === 0) return otherwise
      at += 4
      return region.uint32(at - 4)
    }
    // Counted from the base, and signed.
    if ((flags & 0x1) !== 0) start = base + (next(0x1, 0) | 0)
    next(0x4, 0)
    for (let n = 0; n < count; n += 1) {
      const [shown, size] = [next(0x100, ticks), next(0x200, bytes)]
      next(0x400, 0)
      next(0x800, 0)
      samples.push({ start, end: start + size, ticks: shown })
      start += size
    }
  }
  return samples
}

function readStart(region: BoxRegion, traf: Box): number | null {
  const tfdt = region.find(traf, 'tfdt')
  if (tfdt === null) return null
  const isLong = region.uint32(tfdt.bodyStart) >>> 24 === 1
  return isLong ? region.uint64(tfdt.bodyStart + 4) : region.uint32(tfdt.bodyStart + 4)
}
