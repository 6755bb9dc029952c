// How long an MP4 is that was recorded in fragments and says so nowhere: when the last of its fragments ends.
import type { BlockSource } from '../reader/block-source.ts'
import { searchTail } from '../reader/search-tail.ts'
import { BoxRegion, boxTypeAt } from './boxes.ts'
import { readFragment, readFragmentDefaults, type FragmentContext } from './fragments.ts'
import { readClock, trackIdOf, tracksOf, type MovieBox } from './movie-box.ts'
import { SampleBudget } from './sample-ranges.ts'

const moofMark = Buffer.from('moof')
/** A box begins with its length. */
const lengthBytes = 4

/**
 * In seconds; null where no whole fragment of these tracks is found near the end, and where an index there is a shorter
 * way to it.
 * @param tracks their numbers: words can stay for hours
 */
export async function findLastFragmentEnd(
  source: BlockSource,
  movie: MovieBox,
  tracks: ReadonlySet<number>,
): Promise<number | null> {
  if (movie.region.find(movie.moov, 'mvex') === null || (await endsInIndex(source))) return null
  const context = { defaults: readFragmentDefaults(movie), fileBytes: source.bytes, budget: new SampleBudget() }
  const rates = readRates(movie, tracks)
  return searchTail(source, moofMark, (tail, at) => {
    const region = new BoxRegion(tail, source.bytes - tail.length)
    try {
      return findEnd(region, source.bytes - tail.length + at - lengthBytes, rates, context)
    } catch (error) {
      // No fragment, or one that was cut off.
      if (error instanceof RangeError) return null
      throw error
    }
  })
}

/** The index of fragments ends in a box of 16 bytes, which says where it begins (ISO/IEC 14496-12, 8.8.11). */
async function endsInIndex(source: BlockSource): Promise<boolean> {
  const start = source.bytes - 12
  return start > 0 && boxTypeAt(await source.read(start, source.bytes), 0) === 'mfro'
}

function findEnd(
  region: BoxRegion,
  at: number,
  rates: ReadonlyMap<number, number>,
  context: FragmentContext,
): number | null {
  const [moof] = region.boxes(at, context.fileBytes)
  if (moof?.type !== 'moof') return null
  const ends = readFragment(region, moof, context).flatMap(({ trackId, startTicks, countTicks }) => {
    const rate = rates.get(trackId)
    return rate === undefined || startTicks === null ? [] : [(startTicks + countTicks()) / rate]
  })
  return ends.length === 0 ? null : Math.max(...ends)
}

/** Ticks of its clock a second, by track. */
function readRates(movie: MovieBox, tracks: ReadonlySet<number>): Map<number, number> {
  const { region } = movie
  return new Map(
    tracksOf(movie).flatMap((trak) => {
      const id = trackIdOf(region, trak)
      const clock = tracks.has(id) ? readClock(region, region.find(trak, 'mdia', 'mdhd')) : null
      return clock === null ? [] : [[id, clock.ticksPerSecond] as const]
    }),
  )
}
