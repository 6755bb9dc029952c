// What to overwrite in the fragments of an MP4: what their headers say beside where samples lie, and the tables and samples
// of tracks that are gone. Called by scrub-iso, which walks the file.
import type { BlockSource } from '../reader/block-source.ts'
import type { Box, BoxRegion } from './boxes.ts'
import { readFragment, readFragmentDefaults, readMoof, type TrackFragment } from './fragments.ts'
import type { MovieBox } from './movie-box.ts'
import { blankBox, boxesIn, scrubUnlessKept } from './scrub-boxes.ts'
import type { ByteRange } from './sample-ranges.ts'
import type { Scrubber } from './scrub.ts'

export class FragmentScrub {
  readonly #scrubber: Scrubber
  readonly #source: BlockSource
  readonly #goneTracks: ReadonlySet<number>
  readonly #defaults: ReturnType<typeof readFragmentDefaults>
  /** Of the fragment that was looked at last; none where its tables cannot be followed. */
  lastSamples: readonly ByteRange[] = []

  constructor(scrubber: Scrubber, source: BlockSource, movie: MovieBox, goneTracks: ReadonlySet<number>) {
    this.#scrubber = scrubber
    this.#source = source
    this.#goneTracks = goneTracks
    this.#defaults = readFragmentDefaults(movie)
  }

  async scrub(moof: Box): Promise<void> {
    const region = await readMoof(this.#source, moof)
    const tracks = this.#listTracks(region, moof)
    this.lastSamples = tracks.flatMap(({ samples }) => samples)
    const gone = new Set(this.#wipe(tracks))
    for await (const box of boxesIn(this.#scrubber, region, moof.bodyStart, moof.end)) {
      // Players stumble over tables of no track.
      if (gone.has(box.start)) await blankBox(this.#scrubber, box)
      else await scrubUnlessKept(this.#scrubber, region, box, moof.type)
    }
  }

  #listTracks(region: BoxRegion, moof: Box): TrackFragment[] {
    try {
      return readFragment(region, moof, { defaults: this.#defaults, fileBytes: this.#source.bytes })
    } catch (error) {
      // What of a track that is gone cannot be found cannot be wiped.
      if (error instanceof RangeError && this.#goneTracks.size === 0) return []
      throw error
    }
  }

  /** Returns where the tables of gone tracks begin. */
  #wipe(tracks: readonly TrackFragment[]): number[] {
    const gone = tracks.filter(({ trackId }) => this.#goneTracks.has(trackId))
    if (gone.length > 0 && tracks.some(({ standsAlone }, n) => n > 0 && !standsAlone))
      throw new RangeError('fragments that are found by counting from one another')
    for (const { samples } of gone) for (const { start, end } of samples) this.#scrubber.wipe(start, end)
    return gone.map(({ box }) => box.start)
  }
}
