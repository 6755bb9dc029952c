// What the fragments of an MP4 say of the samples in them (ISO/IEC 14496-12, 8.8): each has a table of its own, all along
// the file, so that reading them all is a read for each. Bounded by the budget of the source. Throws RangeError for
// tables that contradict themselves or lead out of the file.
import type { BlockSource } from '../reader/block-source.ts'
import { BoxRegion, readBox, type Box } from './boxes.ts'
import { isLong, type MovieBox } from './movie-box.ts'
import { joinNeighbours, SampleBudget, type ByteRange, type SampleBounds } from './sample-ranges.ts'

export type TimedSample = { readonly start: number; readonly end: number; readonly ticks: number }

/** What one fragment holds of one track. */
export type TrackFragment = {
  readonly box: Box
  readonly trackId: number
  /** False when its samples are found by counting from the track before it. */
  readonly standsAlone: boolean
  /** Of its first sample, in the clock of the track; null where it goes on from the fragment before. */
  readonly startTicks: number | null
  /** Where its samples lie. */
  readonly ranges: readonly ByteRange[]
  /** How long they are shown together, in the clock of the track. */
  readonly countTicks: () => number
  /** Each sample by itself; a few bytes can stand for any number of them. */
  readonly listSamples: () => Iterable<TimedSample>
}

const moofBytesMax = 16 * 2 ** 20

/** Fragment by fragment, from the first to the end of the file. */
export async function* readFragments(source: BlockSource, movie: MovieBox): AsyncGenerator<TrackFragment[]> {
  const context = { defaults: readFragmentDefaults(movie), fileBytes: source.bytes, budget: new SampleBudget() }
  for (let at = 0; at < source.bytes;) {
    const box = readBox(await source.read(at, Math.min(source.bytes, at + 16)), at, source.bytes)
    // What is no box is a trailer; one that was cut off held nothing that is shown.
    if (box === null || box.end > source.bytes) return
    if (box.type === 'moof') yield readFragment(await readMoof(source, box), box, context)
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

export type FragmentContext = SampleBounds & { readonly defaults: ReadonlyMap<number, Defaults> }

/** Track by track, what one fragment says of its samples. */
export function readFragment(region: BoxRegion, moof: Box, context: FragmentContext): TrackFragment[] {
  const tracks: TrackFragment[] = []
  let previousEnd = moof.start
  for (const box of region.boxes(moof.bodyStart, moof.end)) {
    if (box.type !== 'traf') continue
    const header = readHeader(region, box, moof, context.defaults)
    const runs = [...readRuns(region, box, { ...header, base: header.base ?? previousEnd }, context.budget)]
    if (runs.some(({ end }) => end > context.fileBytes)) throw new RangeError('a sample behind the end of the file')
    previousEnd = runs.at(-1)?.end ?? previousEnd
    tracks.push({
      box,
      trackId: header.trackId,
      standsAlone: header.base !== null,
      startTicks: readStart(region, box),
      ranges: joinNeighbours(runs),
      countTicks: () => runs.reduce((ticks, run) => ticks + countTicks(region, run, header), 0),
      listSamples: () => listSamples(region, runs, header),
    })
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

/** Samples that lie behind one another, described alike; what is not said of each holds for all. */
type Run = ByteRange & {
  readonly count: number
  /** Of the first sample, and from one to the next. */
  readonly fieldsAt: number
  readonly fieldBytes: number
  /** Where each says how long it is shown, and how many bytes it takes, counted from its fields. */
  readonly ticksAt: number | null
  readonly bytesAt: number | null
}

type RunDefaults = Defaults & { readonly base: number }

function* readRuns(region: BoxRegion, traf: Box, { base, bytes }: RunDefaults, budget: SampleBudget): Generator<Run> {
  let start = base
  for (const trun of region.boxes(traf.bodyStart, traf.end)) {
    if (trun.type !== 'trun') continue
    const flags = region.uint32(trun.bodyStart)
    const count = region.uint32(trun.bodyStart + 4)
    const bytesOfFlags = (...ones: number[]): number => 4 * ones.filter((flag) => (flags & flag) !== 0).length
    // Counted from the base, and signed.
    if ((flags & 0x1) !== 0) start = base + (region.uint32(trun.bodyStart + 8) | 0)
    if (count === 0) continue
    const fieldsAt = trun.bodyStart + 8 + bytesOfFlags(0x1, 0x4)
    const fieldBytes = bytesOfFlags(0x100, 0x200, 0x400, 0x800)
    const ticksAt = (flags & 0x100) === 0 ? null : 0
    const bytesAt = (flags & 0x200) === 0 ? null : bytesOfFlags(0x100)
    budget.spend(bytesAt === null ? 1 : count)
    let end = start + (bytesAt === null ? count * bytes : 0)
    if (bytesAt !== null) for (let n = 0; n < count; n += 1) end += region.uint32(fieldsAt + n * fieldBytes + bytesAt)
    yield { start, end, count, fieldsAt, fieldBytes, ticksAt, bytesAt }
    start = end
  }
}

function countTicks(region: BoxRegion, { count, fieldsAt, fieldBytes, ticksAt }: Run, { ticks }: Defaults): number {
  if (ticksAt === null) return count * ticks
  let sum = 0
  for (let n = 0; n < count; n += 1) sum += region.uint32(fieldsAt + n * fieldBytes + ticksAt)
  return sum
}

function* listSamples(region: BoxRegion, runs: readonly Run[], { ticks, bytes }: Defaults): Generator<TimedSample> {
  for (const { start: first, count, fieldsAt, fieldBytes, ticksAt, bytesAt } of runs)
    for (let n = 0, start = first; n < count; n += 1) {
      const at = fieldsAt + n * fieldBytes
      const end = start + (bytesAt === null ? bytes : region.uint32(at + bytesAt))
      yield { start, end, ticks: ticksAt === null ? ticks : region.uint32(at + ticksAt) }
      start = end
    }
}

function readStart(region: BoxRegion, traf: Box): number | null {
  const tfdt = region.find(traf, 'tfdt')
  if (tfdt === null) return null
  return isLong(region, tfdt) ? region.uint64(tfdt.bodyStart + 4) : region.uint32(tfdt.bodyStart + 4)
}
