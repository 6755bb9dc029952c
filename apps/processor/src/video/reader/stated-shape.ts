// The shape of a track's pixels where only the track's header tells it: many editors state the size at which the film is
// to be shown, and no shape with the samples. FFmpeg (mov.c), and Chromium through it, go by that; mediabunny does not.
import type { Box, BoxRegion } from '../play/boxes.ts'
import { isLong, trackIdOf, tracksOf, type MovieBox } from '../play/movie-box.ts'

/** Width of a pixel by its height; null where the header has nothing to say, or is not the one to ask. */
export function findStatedShape(movie: MovieBox, trackId: number): number | null {
  const { region } = movie
  const trak = tracksOf(movie).find((one) => trackIdOf(region, one) === trackId)
  if (trak === undefined) return null
  try {
    const coded = findCodedSize(region, trak)
    return coded === null ? null : readShape(region, trak, coded)
  } catch (error) {
    // A box that ends before its own fields do.
    if (error instanceof RangeError) return null
    throw error
  }
}

type Size = { readonly width: number; readonly height: number }

/** Version and flags, the number of entries. */
const entriesOffset = 8
/** Where boxes begin in the entry of a picture track, counted from behind its name. */
const childrenOffset = 78
const sizeOffset = 24

/** Null when the samples state a shape of their own, which comes first. */
function findCodedSize(region: BoxRegion, trak: Box): Size | null {
  const stsd = region.find(trak, 'mdia', 'minf', 'stbl', 'stsd')
  if (stsd === null) return null
  const [entry] = region.boxes(stsd.bodyStart + entriesOffset, stsd.end)
  if (entry === undefined) return null
  const pasp = region.find({ bodyStart: entry.bodyStart + childrenOffset, end: entry.end }, 'pasp')
  if (pasp !== null && region.uint32(pasp.bodyStart) > 0 && region.uint32(pasp.bodyStart + 4) > 0) return null
  const packed = region.uint32(entry.bodyStart + sizeOffset)
  return { width: packed >>> 16, height: packed & 0xffff }
}

/** Behind version and flags: times, id, duration, 16 bytes of others; then nine numbers of the matrix, then the size. */
const matrixOffset = { short: 40, long: 52 } as const
const matrixBytes = 36
const fixedPoint = 0x1_0000
/** Below this, the matrix scales both ways alike. */
const unevenMin = 0.01

function readShape(region: BoxRegion, trak: Box, coded: Size): number | null {
  const tkhd = region.find(trak, 'tkhd')
  if (tkhd === null) return null
  const matrixAt = tkhd.bodyStart + matrixOffset[isLong(region, tkhd) ? 'long' : 'short']
  const [a, b, c, d] = [0, 4, 12, 16].map((at) => region.uint32(matrixAt + at) | 0) as [number, number, number, number]
  const width = Math.floor(region.uint32(matrixAt + matrixBytes) / fixedPoint)
  const height = Math.floor(region.uint32(matrixAt + matrixBytes + 4) / fixedPoint)
  if (width === 0 || height === 0 || coded.width === 0 || coded.height === 0) return null
  const scale = Math.hypot(a, c) / Math.hypot(b, d)
  if (Number.isFinite(scale) && scale > 0 && Math.abs(scale - 1) > unevenMin) return scale
  if (width === coded.width && height === coded.height) return null
  return (coded.height * width) / (coded.width * height)
}
