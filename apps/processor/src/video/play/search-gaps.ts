// Looks at what no track of an MP4 or QuickTime film points to: nobody plays it, so something else may hide there, and
// the film looks like any other. Called by scrub-iso, which walks the boxes themselves.
import type { Box } from './boxes.ts'
import { tracksOf, type MovieBox } from './movie-box.ts'
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

export class GapSearch {
  readonly #scrubber: Scrubber
  #bytesLeft = searchedBytesMax

  constructor(scrubber: Scrubber) {
    this.#scrubber = scrubber
  }

  /**
   * Throws `HidesOther` for what stands between the samples.
   * @param boxes where samples lie, in the order of the file
   */
  async search(boxes: readonly Box[], samples: readonly ByteRange[]): Promise<void> {
    const gaps = findGaps(
      boxes,
      samples.toSorted((one, other) => one.start - other.start),
    )
    const largest = gaps.toSorted((one, other) => other.end - other.start - (one.end - one.start)).slice(0, gapsMax)
    for (const { start, end } of largest) {
      const searchedEnd = Math.min(end, start + this.#bytesLeft)
      await this.#scrubber.searchThrough(start, searchedEnd)
      this.#bytesLeft -= searchedEnd - start
    }
  }
}

/**
 * What the header says of where samples lie. Tracks whose tables cannot be followed, or that are too many, have none:
 * what they hold is searched as well, and does not look like anything by chance.
 */
export const listSamples = (movie: MovieBox, fileBytes: number): ByteRange[] =>
  tracksOf(movie)
    .slice(0, tracksMax)
    .flatMap((trak) => findSampleRanges(movie.region, trak, fileBytes) ?? [])

/** Both in the order of the file. One pass: a hostile film has thousands of boxes and hundreds of thousands of ranges. */
export function findGaps(boxes: readonly Box[], samples: readonly ByteRange[]): ByteRange[] {
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
