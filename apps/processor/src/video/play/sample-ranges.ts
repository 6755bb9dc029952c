// Where the samples of one MP4 track lie in the file, from its sample tables (ISO/IEC 14496-12, 8.7).
import type { Box, BoxRegion } from './boxes.ts'

export type ByteRange = { readonly start: number; readonly end: number }

/** More chunks than that is no metadata track of two hours. */
const chunksMax = 500_000
const samplesMax = 5_000_000

/** Neighbours joined. Null when the tables contradict themselves or point out of the file. */
export function findSampleRanges(region: BoxRegion, trak: Box, fileBytes: number): ByteRange[] | null {
  const stbl = region.find(trak, 'mdia', 'minf', 'stbl')
  if (stbl === null) return null
  try {
    const offsets = readChunkOffsets(region, stbl)
    const sizes = readSampleSizes(region, stbl)
    const perChunk = readSamplesPerChunk(region, stbl)
    if (offsets === null || sizes === null || perChunk === null) return null
    return joinChunks(offsets, sizes, perChunk, fileBytes)
  } catch (error) {
    // A table that is shorter than it says.
    if (error instanceof RangeError) return null
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
  if (count > samplesMax) return null
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

function joinChunks(
  offsetOf: (chunk: number) => number | null,
  sizes: Sizes,
  runs: readonly { firstChunk: number; samples: number }[],
  fileBytes: number,
): ByteRange[] | null {
  const ranges: { start: number; end: number }[] = []
  let sample = 0
  let run = 0
  for (let chunk = 0; sample < sizes.count; chunk += 1) {
    const next = runs[run + 1]
    if (next !== undefined && chunk + 1 >= next.firstChunk) run += 1
    const start = offsetOf(chunk)
    const inChunk = runs[run]?.samples ?? 0
    if (start === null || inChunk === 0) return null
    let end = start
    for (const last = Math.min(sizes.count, sample + inChunk); sample < last; sample += 1) end += sizes.of(sample)
    if (end > fileBytes) return null
    const previous = ranges.at(-1)
    if (previous?.end === start) previous.end = end
    else ranges.push({ start, end })
  }
  return ranges
}
