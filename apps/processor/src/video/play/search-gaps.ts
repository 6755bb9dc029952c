// Looks at what no track of an MP4 or QuickTime film points to: nobody plays it, so something else may hide there, and
// the film looks like any other. Called by scrub-iso, which walks the boxes themselves.
import type { Box, BoxRegion } from './boxes.ts'
import { findSampleRanges, type ByteRange } from './sample-ranges.ts'
import type { Scrubber } from './scrub.ts'

/** A table of a few bytes can stand for millions of samples. */
const tracksMax = 16
/** Films have few gaps; of those that have many, the largest are searched. */
const gapsMax = 128
/** In all: more is left behind by no editor. */
const searchedBytesMax = 32 * 2 ** 20
/** What no signature fits in. */
const gapBytesMin = 8

/**
 * Throws `HidesOther` for what stands between the samples. Tables that cannot be followed are left to the player.
 * @param mediaBoxes those that hold samples of the movie's own tables, and not of a fragment's
 */
export async function searchGaps(
  scrubber: Scrubber,
  region: BoxRegion,
  moov: Box,
  mediaBoxes: readonly Box[],
  fileBytes: number,
): Promise<void> {
  const tracks = [...region.boxes(moov.bodyStart, moov.end)].filter(({ type }) => type === 'trak')
  if (tracks.length > tracksMax) return
  const samples: ByteRange[] = []
  for (const box of tracks) {
    const ranges = findSampleRanges(region, box, fileBytes)
    if (ranges === null) return
    for (const range of ranges) samples.push(range)
  }
  samples.sort((one, other) => one.start - other.start)
  const gaps = findGaps(mediaBoxes, samples)
  const largest = gaps.toSorted((one, other) => other.end - other.start - (one.end - one.start)).slice(0, gapsMax)
  let left = searchedBytesMax
  for (const { start, end } of largest) {
    await scrubber.searchThrough(start, Math.min(end, start + left))
    left -= Math.min(left, end - start)
  }
}

/** Both in the order of the file. One pass: a hostile film has thousands of boxes and hundreds of thousands of ranges. */
function findGaps(boxes: readonly Box[], samples: readonly ByteRange[]): ByteRange[] {
  const gaps: ByteRange[] = []
  let next = 0
  for (const { bodyStart, end } of boxes) {
    let at = bodyStart
    for (; next < samples.length; next += 1) {
      const sample = samples[next]
      if (sample === undefined || sample.start >= end) break
      if (sample.start - at >= gapBytesMin) gaps.push({ start: at, end: sample.start })
      at = Math.max(at, sample.end)
      if (sample.end > end) break
    }
    if (end - at >= gapBytesMin) gaps.push({ start: at, end })
  }
  return gaps
}
