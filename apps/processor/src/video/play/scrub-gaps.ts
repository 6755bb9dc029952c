// Overwrites what no track of an MP4 or QuickTime film points to. Nobody plays it, and dash cameras note there where they
// drive. Called by scrub-iso, behind the search for what hides there.
import type { BlockSource } from '../reader/block-source.ts'
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
const windowBytes = 2 * 2 ** 20
/** For each byte of a file: it and the neighbours of what changes. */
const readShare = 1.25

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
  const reads = Math.ceil(source.bytes / windowBytes) * 2 + gapsReadAlone * 2
  source.allow({ bytes: Math.ceil(source.bytes * readShare) + gapsReadAlone * windowBytes, reads })
  source.readAheadBytes = gaps.length > gapsReadAlone ? windowBytes : 0
  for (const { start, end } of gaps) await scrubber.clear(start, end)
  source.readAheadBytes = 0
}
