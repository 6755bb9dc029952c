// What the finders yield of each text track of a film.
import type { FetchRange } from '../reader/block-source.ts'

export type Cue = { readonly startMs: number; readonly endMs: number; readonly text: string }

export type TextTrack = {
  /** BCP 47, or null where the file does not say. */
  readonly language: string | null
  /** What the file calls the track, as it stands there. */
  readonly label: string | null
  /** Reads its cues; the reads are bounded by whoever opened them. Null: they cannot be followed. */
  readonly readCues: (reads: CaptionReads) => Promise<Cue[] | null>
}

/** More is not what somebody speaks in two hours. */
export const cuesMax = 5000

export class TooManyReads extends Error {
  override name = 'TooManyReads'
}

type Range = { readonly start: number; readonly end: number }

/** A read is dearer than this many bytes between two cues. */
const joinedGapBytes = 32 * 1024
const parallelReads = 16

/**
 * Small pieces of a large file, for cues lie scattered among the pictures: exact reads in parallel, neighbours in one.
 * Bounds hold for all tracks of a film together.
 */
export class CaptionReads {
  readonly #fetch: FetchRange
  #readsLeft: number
  #bytesLeft: number

  constructor(fetch: FetchRange, { readsMax, bytesMax }: { readonly readsMax: number; readonly bytesMax: number }) {
    this.#fetch = fetch
    this.#readsLeft = readsMax
    this.#bytesLeft = bytesMax
  }

  /** The bytes of each range, in the order asked for. Throws before the first read where they would be too many. */
  async gather(ranges: readonly Range[]): Promise<Uint8Array[]> {
    const runs: { start: number; end: number; bytes: Uint8Array }[] = []
    for (const { start, end } of ranges.toSorted((one, other) => one.start - other.start)) {
      const last = runs.at(-1)
      if (last !== undefined && start - last.end <= joinedGapBytes) last.end = Math.max(last.end, end)
      else runs.push({ start, end, bytes: new Uint8Array() })
    }
    this.#readsLeft -= runs.length
    this.#bytesLeft -= runs.reduce((sum, { start, end }) => sum + end - start, 0)
    if (this.#readsLeft < 0 || this.#bytesLeft < 0) throw new TooManyReads(`${runs.length} reads for captions`)
    const rest = runs.values()
    const fetchRest = async () => {
      for (const run of rest) run.bytes = await this.#fetch(run.start, run.end)
    }
    await Promise.all(Array.from({ length: parallelReads }, fetchRest))
    return ranges.map(({ start, end }) => {
      // The last that begins at or before it: runs are in order and never overlap.
      const run = runs.findLast((one) => one.start <= start)
      return run === undefined ? new Uint8Array() : run.bytes.subarray(start - run.start, end - run.start)
    })
  }
}
