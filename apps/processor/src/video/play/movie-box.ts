// The header of an MP4 or QuickTime file as whoever wants one thing of it reads it: whole, in memory, and not if it is
// too large for that. The parser before has read it already, so it costs nothing.
import type { ByteView } from '../reader/block-source.ts'
import { BoxRegion, readBox, type Box } from './boxes.ts'

export type MovieBox = { readonly region: BoxRegion; readonly moov: Box }

const moovBytesMax = 16 * 1024 * 1024
const topBoxesMax = 64

/** Null where there is none, or none within bounds. */
export async function readMovieBox(source: ByteView): Promise<MovieBox | null> {
  const moov = await findMoov(source)
  return moov === null ? null : { moov, region: new BoxRegion(await source.read(moov.start, moov.end), moov.start) }
}

export async function findMoov(source: ByteView): Promise<Box | null> {
  for (let at = 0, count = 0; at < source.bytes && count < topBoxesMax; count += 1) {
    const box = readBox(await source.read(at, Math.min(source.bytes, at + 16)), at, source.bytes)
    if (box === null || box.end > source.bytes) return null
    if (box.type === 'moov') return box.end - box.start > moovBytesMax ? null : box
    at = box.end
  }
  return null
}

export const tracksOf = ({ region, moov }: MovieBox): Box[] =>
  [...region.boxes(moov.bodyStart, moov.end)].filter(({ type }) => type === 'trak')

/** Version 1 has longer times in front. */
export const isLong = (region: BoxRegion, box: Box): boolean => region.slice(box.bodyStart, box.end)[0] === 1

/** 0 for a track without a header. */
export function trackIdOf(region: BoxRegion, trak: Box): number {
  const tkhd = region.find(trak, 'tkhd')
  return tkhd === null ? 0 : region.uint32(tkhd.bodyStart + (isLong(region, tkhd) ? 20 : 12))
}

export type Clock = { readonly ticksPerSecond: number; readonly ticks: number }

/** The headers of a movie and of its tracks begin with two times, the rate of the clock, and how long it runs. */
export function readClock(region: BoxRegion, box: Box | null): Clock | null {
  if (box === null) return null
  const long = isLong(region, box)
  const rateAt = box.bodyStart + (long ? 20 : 12)
  const ticksPerSecond = region.uint32(rateAt)
  const ticks = long ? region.uint64(rateAt + 4) : region.uint32(rateAt + 4)
  return ticksPerSecond === 0 ? null : { ticksPerSecond, ticks }
}

/** True when the header counts some of the samples, and the rest follows in fragments. */
export function isHybrid(movie: MovieBox): boolean {
  const { region, moov } = movie
  if (region.find(moov, 'mvex') === null) return false
  return tracksOf(movie).some((trak) => {
    const sizes = region.find(trak, 'mdia', 'minf', 'stbl', 'stsz')
    return sizes !== null && sizes.end - sizes.bodyStart >= 12 && region.uint32(sizes.bodyStart + 8) > 0
  })
}
