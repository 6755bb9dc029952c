// Looks at what no track of an MP4 or QuickTime film points to: nobody plays it, so something else may hide there, and
// the film looks like any other. Called by scrub-iso, which walks the boxes themselves.
import type { Box } from './boxes.ts'
import type { ByteRange } from './sample-ranges.ts'
import type { Scrubber } from './scrub.ts'

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
   * @param boxes where samples lie
   */
  async search(boxes: readonly Box[], samples: readonly ByteRange[]): Promise<void> {
    const largest = findGaps(bodiesOf(boxes), samples)
      .toSorted((one, other) => other.end - other.start - (one.end - one.start))
      .slice(0, gapsMax)
    for (const { start, end } of largest) {
      const searchedEnd = Math.min(end, start + this.#bytesLeft)
      await this.#scrubber.searchThrough(start, searchedEnd)
      this.#bytesLeft -= searchedEnd - start
    }
  }
}

export const bodiesOf = (boxes: readonly Box[]): ByteRange[] =>
  boxes.map(({ bodyStart, end }) => ({ start: bodyStart, end }))

/**
 * What of some ranges others do not take, and is no shorter than `bytesMin`. Sorted, then one pass: a hostile film has
 * thousands of boxes and hundreds of thousands of ranges.
 */
export function findGaps(
  within: readonly ByteRange[],
  taken: readonly ByteRange[],
  bytesMin: number = gapBytesMin,
): ByteRange[] {
  const gaps: ByteRange[] = []
  const others = inOrder(taken)
  let next = 0
  let at = 0
  const addUpTo = (end: number): void => {
    if (end - at >= bytesMin) gaps.push({ start: at, end })
    at = Math.max(at, end)
  }
  for (const { start, end } of inOrder(within)) {
    at = Math.max(at, start)
    for (; next < others.length; next += 1) {
      const other = others[next]
      if (other === undefined || other.start >= end) break
      addUpTo(other.start)
      at = Math.max(at, other.end)
      if (other.end > end) break
    }
    addUpTo(end)
  }
  return gaps
}

const inOrder = (ranges: readonly ByteRange[]): ByteRange[] => ranges.toSorted((one, other) => one.start - other.start)
