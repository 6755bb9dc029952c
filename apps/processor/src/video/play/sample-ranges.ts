// Where the samples of one MP4 track lie in the file, from its sample tables (ISO/IEC 14496-12, 8.7).
import type { Box, BoxRegion } from './boxes.ts'

export type ByteRange = { readonly start: number; readonly end: number }

/** More chunks than that is no metadata track of two hours. */
const chunksMax = 500_000
const samplesMax = 5_000_000

/** Neighbours joined. Null when the tables contradict themselves or point out of the file. */
export function findSampleRanges(region: BoxRegion, trak: Box, fileBytes: number): ByteRange[] | null {
  const ranges: { start: number; end: number }[] = []
  const join = (start: number, end: number) => {
    const previous = ranges.at(-1)
    if (previous?.end === start) previous.end = end
    else ranges.push({ start, end })
  }
  return visitSamples(region, trak, { fileBytes, countMax: samplesMax }, join) ? ranges : null
}

/** Each sample by itself, in order. Null also where there are more than `countMax`. */
export function findSamples(region: BoxRegion, trak: Box, fileBytes: number, countMax: number): ByteRange[] | null {
  const ranges: ByteRange[] = []
  const keep = (start: number, end: number) => void ranges.push({ start, end })
  return visitSamples(region, trak, { fileBytes, countMax }, keep) ? ranges : null
}

type Bounds = { readonly fileBytes: number; readonly countMax: number }
type Visit = (start: number, end: number) => void

function visitSamples(region: BoxRegion, trak: Box, { fileBytes, countMax }: Bounds, visit: Visit): boolean {
  const stbl = region.find(trak, 'mdia', 'minf', 'stbl')
  if (stbl === null) return false
  try {
    const offsets = readChunkOffsets(region, stbl)
    const sizes = readSampleSizes(region, stbl)
    const perChunk = readSamplesPerChunk(region, stbl)
    if (offsets === null || sizes === null || perChunk === null || sizes.count > countMax) return false
    return walkChunks(offsets, sizes, perChunk, (start, end) => {
      if (end > fileBytes) throw new RangeError('a sample behind the end of the file')
      visit(start, end)
    })
  } catch (error) {
    // A table that is shorter than it says, or leads out of the file.
    if (error instanceof RangeError) return false
    throw error
  }
}

function readChunkOffsets(region: BoxRegion, stbl: Box): ((chunk: number) => number | null) | null {
  const stco = region.find(stbl, 'stco')
  const co64 = region.find(stbl, 'co64')
  const box = stco ?? co64
  if (box === null) return null
  const count = region.uint32(box.bodyStart + 4)
  if (count > chunksMax) return null
  const first = box.bodyStart + 8
  return (chunk) => {
    if (chunk >= count) return null
    return box === stco ? region.uint32(first + 4 * chunk) : region.uint64(first + 8 * chunk)
  }
}

type Sizes = { readonly count: number; readonly of: (sample: number) => number }

function readSampleSizes(region: BoxRegion, stbl: Box): Sizes | null {
  const stsz = region.find(stbl, 'stsz')
  if (stsz === null) return null
  const constant = region.uint32(stsz.bodyStart + 4)
  const count = region.uint32(stsz.bodyStart + 8)
  return { count, of: (sample) => (constant > 0 ? constant : region.uint32(stsz.bodyStart + 12 + 4 * sample)) }
}

/** Runs of chunks with the same number of samples: first chunk (from 1), samples per chunk. */
function readSamplesPerChunk(region: BoxRegion, stbl: Box): { firstChunk: number; samples: number }[] | null {
  const stsc = region.find(stbl, 'stsc')
  if (stsc === null) return null
  const count = region.uint32(stsc.bodyStart + 4)
  if (count > chunksMax) return null
  return Array.from({ length: count }, (_, n) => ({
    firstChunk: region.uint32(stsc.bodyStart + 8 + 12 * n),
    samples: region.uint32(stsc.bodyStart + 12 + 12 * n),
  }))
}

function walkChunks(
  offsetOf: (chunk: number) => number | null,
  sizes: Sizes,
  runs: readonly { firstChunk: number; samples: number }[],
  visit: Visit,
): boolean {
  let sample = 0
  let run = 0
  for (let chunk = 0; sample < sizes.count; chunk += 1) {
    const next = runs[run + 1]
    if (next !== undefined && chunk + 1 >= next.firstChunk) run += 1
    const offset = offsetOf(chunk)
    const inChunk = runs[run]?.samples ?? 0
    if (offset === null || inChunk === 0) return false
    let start = offset
    for (const last = Math.min(sizes.count, sample + inChunk); sample < last; sample += 1) {
      const end = start + sizes.of(sample)
      visit(start, end)
      start = end
    }
  }
  return true
}
