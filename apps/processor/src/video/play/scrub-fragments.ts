// What to overwrite in the fragments of an MP4: what their headers say beside where samples lie, and the tables and samples
// of tracks that are gone. Called by scrub-iso, which walks the file.
import type { BlockSource } from '../reader/block-source.ts'
import type { Box, BoxRegion } from './boxes.ts'
import { readFragment, readFragmentDefaults, readMoof, type FragmentContext, type TrackFragment } from './fragments.ts'
import type { MovieBox } from './movie-box.ts'
import { blankBox, boxesIn, scrubUnlessKept } from './scrub-boxes.ts'
import type { ByteRange, SampleBudget } from './sample-ranges.ts'
import type { Scrubber } from './scrub.ts'

export type FragmentedMovie = {
  readonly movie: MovieBox
  readonly goneTracks: ReadonlySet<number>
  readonly budget: SampleBudget
}

export class FragmentScrub {
  readonly #scrubber: Scrubber
  readonly #source: BlockSource
  readonly #goneTracks: ReadonlySet<number>
  readonly #context: FragmentContext
  /** Of the fragment that was looked at last; none where its tables cannot be followed. */
  lastSamples: readonly ByteRange[] = []
  /** Where samples are said to lie, of tracks that are gone and of the others. Empty where no track is gone. */
  readonly goneSamples: ByteRange[] = []
  readonly playedSamples: ByteRange[] = []

  constructor(scrubber: Scrubber, source: BlockSource, { movie, goneTracks, budget }: FragmentedMovie) {
    this.#scrubber = scrubber
    this.#source = source
    this.#goneTracks = goneTracks
    this.#context = { defaults: readFragmentDefaults(movie), fileBytes: source.bytes, budget }
  }

  async scrub(moof: Box): Promise<void> {
    const region = await readMoof(this.#source, moof)
    const tracks = this.#listTracks(region, moof)
    this.lastSamples = tracks.flatMap(({ ranges }) => ranges)
    const gone = new Set(this.#takeGone(tracks))
    for await (const box of boxesIn(this.#scrubber, region, moof.bodyStart, moof.end)) {
      // Players stumble over tables of no track.
      if (gone.has(box.start)) await blankBox(this.#scrubber, box)
      else await scrubUnlessKept(this.#scrubber, region, box, moof.type)
    }
  }

  #listTracks(region: BoxRegion, moof: Box): TrackFragment[] {
    try {
      return readFragment(region, moof, this.#context)
    } catch (error) {
      // What of a track that is gone cannot be found cannot be wiped.
      if (error instanceof RangeError && this.#goneTracks.size === 0) return []
      throw error
    }
  }

  /** Returns where the tables of gone tracks begin. */
  #takeGone(tracks: readonly TrackFragment[]): number[] {
    if (this.#goneTracks.size === 0) return []
    const isGone = ({ trackId }: TrackFragment): boolean => this.#goneTracks.has(trackId)
    const gone = tracks.filter(isGone)
    if (gone.length > 0 && tracks.some(({ standsAlone }, n) => n > 0 && !standsAlone))
      throw new RangeError('fragments that are found by counting from one another')
    for (const track of tracks) {
      const samples = isGone(track) ? this.goneSamples : this.playedSamples
      for (const range of track.ranges) samples.push(range)
    }
    return gone.map(({ box }) => box.start)
  }
}
