// What to overwrite in the fragments of an MP4: what their headers say beside where samples lie, and the tables and samples
// of tracks that are gone. Called by scrub-iso, which walks the file.
import type { BlockSource } from '../reader/block-source.ts'
import type { Box, BoxRegion } from './boxes.ts'
import { readFragment, readFragmentDefaults, readMoof } from './fragments.ts'
import type { MovieBox } from './movie-box.ts'
import { blankBox, boxesIn, scrubUnlessKept } from './scrub-boxes.ts'
import type { Scrubber } from './scrub.ts'

export class FragmentScrub {
  readonly #scrubber: Scrubber
  readonly #source: BlockSource
  readonly #goneTracks: ReadonlySet<number>
  readonly #defaults: ReturnType<typeof readFragmentDefaults>

  constructor(scrubber: Scrubber, source: BlockSource, movie: MovieBox, goneTracks: ReadonlySet<number>) {
    this.#scrubber = scrubber
    this.#source = source
    this.#goneTracks = goneTracks
    this.#defaults = readFragmentDefaults(movie)
  }

  async scrub(moof: Box): Promise<void> {
    const region = await readMoof(this.#source, moof)
    const gone = new Set(this.#goneTracks.size === 0 ? [] : this.#wipe(region, moof))
    for await (const box of boxesIn(this.#scrubber, region, moof.bodyStart, moof.end)) {
      // Players stumble over tables of no track.
      if (gone.has(box.start)) await blankBox(this.#scrubber, box)
      else await scrubUnlessKept(this.#scrubber, region, box, moof.type)
    }
  }

  /** Returns where the tables of gone tracks begin. */
  #wipe(region: BoxRegion, moof: Box): number[] {
    const tracks = readFragment(region, moof, { defaults: this.#defaults, fileBytes: this.#source.bytes })
    const gone = tracks.filter(({ trackId }) => this.#goneTracks.has(trackId))
    if (gone.length > 0 && tracks.some(({ standsAlone }, n) => n > 0 && !standsAlone))
      throw new RangeError('fragments that are found by counting from one another')
    for (const { samples } of gone) for (const { start, end } of samples) this.#scrubber.wipe(start, end)
    return gone.map(({ box }) => box.start)
  }
}
