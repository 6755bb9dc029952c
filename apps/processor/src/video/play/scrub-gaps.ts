// Overwrites what no track of an MP4 or QuickTime film points to. Nobody plays it, and dash cameras note there where they
// drive. Called by scrub-iso, behind the search for what hides there.
import { windowBytes, type BlockSource } from '../reader/block-source.ts'
import type { Box } from './boxes.ts'
import type { Track } from './judge-tracks.ts'
import type { ByteRange } from './sample-ranges.ts'
import { bodiesOf, findGaps } from './search-gaps.ts'
import type { Scrubber } from './scrub.ts'

const tracksMax = 64
/** As many as a camera makes that notes something with each frame, for an hour. */
const gapsMax = 2 ** 17
/** More gaps than that are read with what lies between them. */
const gapsReadAlone = 256

export type PlayedSamples = {
  /** Tracks that are played. */
  readonly kept: readonly Track[]
  /** What may stay although no track in `kept` points to it. */
  readonly harmless: readonly ByteRange[]
  /** Where samples lie. */
  readonly mediaBoxes: readonly Box[]
}

/** Tables that cannot be followed are left to the player. Throws RangeError for more than can be looked through. */
export async function clearGaps(
  scrubber: Scrubber,
  source: BlockSource,
  { kept, harmless, mediaBoxes }: PlayedSamples,
): Promise<void> {
  if (kept.length > tracksMax) throw new RangeError('too many tracks')
  if (kept.some(({ claims }) => claims === null)) return
  const gaps = findGaps(bodiesOf(mediaBoxes), [...harmless, ...kept.flatMap(({ claims }) => claims ?? [])])
  if (gaps.length > gapsMax) throw new RangeError('too many gaps between the samples')
  source.readThrough()
  source.allow({ bytes: gapsReadAlone * windowBytes, reads: gapsReadAlone * 2 })
  for (const { start, end } of gaps) {
    source.readAheadBytes = gaps.length > gapsReadAlone ? windowBytes : Math.min(windowBytes, end - start)
    await scrubber.clear(start, end)
  }
  source.readAheadBytes = 0
}
