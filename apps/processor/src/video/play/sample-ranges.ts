// Where the samples of one MP4 track lie in the file, from its sample tables (ISO/IEC 14496-12, 8.7).
import { BudgetSpent } from '../reader/block-source.ts'
import type { Box, BoxRegion } from './boxes.ts'

export type ByteRange = { readonly start: number; readonly end: number }

/** More chunks than that is no metadata track of two hours. */
const chunksMax = 500_000

/** Of all tracks of a file, and all its fragments: a table of a few bytes can stand for millions. */
export class SampleBudget {
  #left = 5_000_000

  spend(samples: number): void {
    this.#left -= samples
    if (this.#left < 0) throw new BudgetSpent('more samples than can be followed')
  }
}

export type SampleBounds = { readonly fileBytes: number; readonly budget: SampleBudget }

export type TrackRanges = {
  /** What its samples take. Null when the tables contradict themselves or point out of the file. */
  readonly samples: readonly ByteRange[] | null
  /**
   * What it may take of the file at most. Of sounds whose samples are all of one size QuickTime states that size in two
   * places, and players believe one or the other. Null where players may read the tables in another way.
   */
  readonly claims: readonly ByteRange[] | null
}

/** Throws `BudgetSpent` for more samples than can be followed. */
export function findTrackRanges(region: BoxRegion, trak: Box, bounds: SampleBounds): TrackRanges {
  const tables = unlessBroken(() => readTables(region, trak))
  if (tables === null) return { samples: null, claims: null }
  bounds.budget.spend(tables.runs.length)
  const samples = unlessBroken(() => joinNeighbours(rangesOf(tables, bounds)))
  if (!canClaim(tables)) return { samples, claims: null }
  if (tables.constant === 0) return { samples, claims: samples }
  const claims = unlessBroken(() => {
    const sampleBytes = Math.max(tables.constant, soundBytes(region, trak, tables.constant))
    return joinNeighbours(wholeChunks(tables, sampleBytes, bounds.budget))
  })
  return { samples, claims }
}

/** Each sample by itself, in order. Null also where there are more than `countMax`. */
export function findSamples(region: BoxRegion, trak: Box, fileBytes: number, countMax: number): ByteRange[] | null {
  return unlessBroken(() => {
    const tables = readTables(region, trak)
    if (tables.count > countMax) return null
    const ranges: ByteRange[] = []
    for (const chunk of countedChunks(tables))
      for (let n = 0, start = chunk.start; n < chunk.samples; n += 1) {
        const end = start + tables.bytesOf(chunk.firstSample + n)
        if (end > fileBytes) throw new RangeError('a sample behind the end of the file')
        ranges.push({ start, end })
        start = end
      }
    return ranges
  })
}

export function joinNeighbours(ranges: Iterable<ByteRange>): ByteRange[] {
  const joined: { start: number; end: number }[] = []
  for (const { start, end } of ranges) {
    const previous = joined.at(-1)
    if (previous?.end === start) previous.end = end
    else joined.push({ start, end })
  }
  return joined
}

/** A table that is shorter than it says, or leads out of the file. */
function unlessBroken<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** False where players may read the tables in another way. */
const canClaim = ({ count, runs, hasTwoOffsets }: Tables): boolean =>
  !hasTwoOffsets && (count === 0 || runs.every(({ firstChunk }, n) => firstChunk > (runs[n - 1]?.firstChunk ?? 0)))

/** All chunks, and all of each: not every player counts the samples. */
function* wholeChunks(tables: Tables, sampleBytes: number, budget: SampleBudget): Generator<ByteRange> {
  for (const { start, samples } of listChunks(tables)) {
    budget.spend(1)
    yield { start, end: start + samples * sampleBytes }
  }
}

/** Samples of a chunk lie behind one another. */
function* rangesOf(tables: Tables, { fileBytes, budget }: SampleBounds): Generator<ByteRange> {
  const { constant, bytesOf } = tables
  for (const { start, firstSample, samples } of countedChunks(tables)) {
    budget.spend(constant > 0 ? 1 : samples)
    let end = start + constant * samples
    if (constant === 0) for (let n = 0; n < samples; n += 1) end += bytesOf(firstSample + n)
    if (end > fileBytes) throw new RangeError('a sample behind the end of the file')
    yield { start, end }
  }
}

type Chunk = { readonly start: number; readonly firstSample: number; readonly samples: number }

function* listChunks({ chunkCount, offsetOf, runs }: Tables): Generator<Chunk> {
  for (let chunk = 0, run = 0, firstSample = 0; chunk < chunkCount; chunk += 1) {
    if (chunk + 1 >= (runs[run + 1]?.firstChunk ?? Infinity)) run += 1
    const samples = runs[run]?.samples ?? 0
    yield { start: offsetOf(chunk), firstSample, samples }
    firstSample += samples
  }
}

/** No more than there are samples. */
function* countedChunks(tables: Tables): Generator<Chunk> {
  let left = tables.count
  if (left === 0) return
  for (const chunk of listChunks(tables)) {
    if (chunk.samples === 0) throw new RangeError('a chunk of nothing')
    yield { ...chunk, samples: Math.min(left, chunk.samples) }
    left -= Math.min(left, chunk.samples)
    if (left === 0) return
  }
  throw new RangeError('samples in no chunk')
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

type Run = { readonly firstChunk: number; readonly samples: number }

type Tables = {
  /** Of samples. */
  readonly count: number
  /** What each of them takes, 0 where that differs. */
  readonly constant: number
  readonly bytesOf: (sample: number) => number
  readonly chunkCount: number
  readonly offsetOf: (chunk: number) => number
  readonly hasTwoOffsets: boolean
  readonly runs: readonly Run[]
}

function readTables(region: BoxRegion, trak: Box): Tables {
  const stbl = region.find(trak, 'mdia', 'minf', 'stbl')
  const find = (type: string) => (stbl === null ? null : region.find(stbl, type))
  const [stco, co64, stsz, stsc] = ['stco', 'co64', 'stsz', 'stsc'].map(find)
  const offsets = stco ?? co64
  if (!offsets || !stsz || !stsc) throw new RangeError('no sample tables')
  const [chunkCount, runCount] = [region.uint32(offsets.bodyStart + 4), region.uint32(stsc.bodyStart + 4)]
  if (chunkCount > chunksMax || runCount > chunksMax) throw new RangeError('too many chunks')
  const [first, sizes] = [offsets.bodyStart + 8, stsz.bodyStart + 12]
  const constant = region.uint32(stsz.bodyStart + 4)
  return {
    count: region.uint32(stsz.bodyStart + 8),
    constant,
    bytesOf: (sample) => (constant > 0 ? constant : region.uint32(sizes + 4 * sample)),
    chunkCount,
    offsetOf: (chunk) => (offsets === stco ? region.uint32(first + 4 * chunk) : region.uint64(first + 8 * chunk)),
    hasTwoOffsets: Boolean(stco && co64),
    // The first chunk of each, counted from 1, and the samples in one chunk.
    runs: Array.from({ length: runCount }, (_, n) => ({
      firstChunk: region.uint32(stsc.bodyStart + 8 + 12 * n),
      samples: region.uint32(stsc.bodyStart + 12 + 12 * n),
    })),
  }
}
