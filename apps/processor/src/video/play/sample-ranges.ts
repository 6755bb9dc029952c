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

/**
 * What a track may take of the file at most, chunk by chunk. Of sounds whose samples are all of one size QuickTime states
 * that size in two places, and players believe one or the other. Null where players may read the tables in another way.
 */
export function findClaims(region: BoxRegion, trak: Box, fileBytes: number): ByteRange[] | null {
  const stbl = region.find(trak, 'mdia', 'minf', 'stbl')
  if (stbl === null || (region.find(stbl, 'stco') !== null && region.find(stbl, 'co64') !== null)) return null
  try {
    const offsets = readChunkOffsets(region, stbl)
    const sizes = readSampleSizes(region, stbl)
    const runs = readSamplesPerChunk(region, stbl)
    if (offsets === null || sizes === null || runs === null) return null
    if (sizes.count > 0 && !runs.every(({ firstChunk }, n) => firstChunk > (runs[n - 1]?.firstChunk ?? 0))) return null
    if (sizes.constant > 0)
      return claimChunks(offsets, runs, Math.max(sizes.constant, soundBytes(region, trak, sizes.constant)))
    if (sizes.count > samplesMax) return null
    const ranges: ByteRange[] = []
    const isRead = walkChunks(offsets, sizes, runs, (start, end) => void ranges.push({ start, end }))
    return isRead && ranges.every(({ end }) => end <= fileBytes) ? ranges : null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

type Run = { readonly firstChunk: number; readonly samples: number }

/** All chunks, and all of each: not every player counts the samples. */
function claimChunks(
  offsetOf: (chunk: number) => number | null,
  runs: readonly Run[],
  sampleBytes: number,
): ByteRange[] {
  const ranges: ByteRange[] = []
  let run = 0
  for (let chunk = 0, start = offsetOf(0); start !== null; chunk += 1, start = offsetOf(chunk)) {
    if (chunk + 1 >= (runs[run + 1]?.firstChunk ?? Infinity)) run += 1
    ranges.push({ start, end: start + (runs[run]?.samples ?? 0) * sampleBytes })
  }
  return ranges
}

/** As the description of a sound counts them, for all its channels; 0 for a picture. ISO/IEC 14496-12, 12.2, and QuickTime's. */
function soundBytes(region: BoxRegion, trak: Box, stated: number): number {
  const hdlr = region.find(trak, 'mdia', 'hdlr')
  if (hdlr === null || region.type(hdlr.bodyStart + 8) !== 'soun') return 0
  const stsd = region.find(trak, 'mdia', 'minf', 'stbl', 'stsd')
  if (stsd === null || region.uint32(stsd.bodyStart + 4) !== 1)
    throw new RangeError('a sound that is described otherwise')
  const entry = stsd.bodyStart + 8
  const format = region.type(entry + 4)
  // Packets are larger; how many samples are in one is known to who decodes them.
  if (stated === 1 && !plainSounds.has(format)) throw new RangeError('a sound that is counted otherwise')
  const uint16 = (at: number): number => region.uint32(at) >>> 16
  const [version, channels, bits] = [uint16(entry + 16), uint16(entry + 24), uint16(entry + 26)]
  // Some of the formats leave 16 there, and have their width in their name.
  const plain = Math.max(Math.ceil(bits / 8), widths[format] ?? 0)
  if (version === 0) return channels * plain
  // Bytes of a packet for all channels, in which there are that many samples.
  if (version === 1)
    return Math.max(
      channels * Math.max(plain, region.uint32(entry + 48)),
      region.uint32(entry + 44) / Math.max(1, region.uint32(entry + 36)),
    )
  return Math.max(region.uint32(entry + 48) * Math.ceil(region.uint32(entry + 56) / 8), region.uint32(entry + 64))
}

const plainSounds = new Set(['raw ', 'NONE', 'sowt', 'twos', 'lpcm', 'in24', 'in32', 'fl32', 'fl64', 'ulaw', 'alaw'])
const widths: Readonly<Record<string, number>> = { in24: 3, in32: 4, fl32: 4, fl64: 8 }

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

type Sizes = { readonly count: number; readonly constant: number; readonly of: (sample: number) => number }

function readSampleSizes(region: BoxRegion, stbl: Box): Sizes | null {
  const stsz = region.find(stbl, 'stsz')
  if (stsz === null) return null
  const constant = region.uint32(stsz.bodyStart + 4)
  const count = region.uint32(stsz.bodyStart + 8)
  return {
    count,
    constant,
    of: (sample) => (constant > 0 ? constant : region.uint32(stsz.bodyStart + 12 + 4 * sample)),
  }
}

/** Runs of chunks with the same number of samples: first chunk (from 1), samples per chunk. */
function readSamplesPerChunk(region: BoxRegion, stbl: Box): Run[] | null {
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
  runs: readonly Run[],
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
