// Gathers what has to be overwritten in a copy of a file so that nothing in it says where or with what it was made. The
// copy keeps its length and every offset in it: things are blanked where they stand, never cut out.
import { findForeign, findForeignAmongSamples, overlapBytes } from '../../inspect/find-foreign.ts'
import type { BlockSource } from '../reader/block-source.ts'
import type { ByteRange } from './sample-ranges.ts'

/** Bytes to put at an offset, or a number of zeros. */
export type Patch =
  | { readonly at: number; readonly bytes: Uint8Array }
  | { readonly at: number; readonly zeros: number }

/**
 * `patches`: what to overwrite; `createdAt`: when the container says it was made, in UTC; `servedAs`: what players call
 * it where that is not its type; `harmless`: samples of tracks that go, which may stay where they lie. `damaged`: the file ends before its own structure does.
 * `hides`: something else than media stands where playing does not look. `unsafe`: a copy would keep, or could keep, what must not be kept; there is no `play` then.
 * `late`: there was no time to find out.
 */
export type ScrubPlan =
  | {
      readonly plan: 'patches'
      readonly patches: readonly Patch[]
      readonly createdAt?: string
      readonly servedAs?: string
      readonly harmless?: readonly ByteRange[]
    }
  | { readonly plan: 'damaged'; readonly detail: string }
  | { readonly plan: 'hides'; readonly detail: string }
  | { readonly plan: 'unsafe'; readonly detail: string }
  | { readonly plan: 'late'; readonly detail: string }

export const patchLength = (patch: Patch): number => ('bytes' in patch ? patch.bytes.length : patch.zeros)

/** The most that is looked through to see whether it is blank already. */
const blankBytesMax = 64 * 1024 * 1024
/** Of two hours of sixty blocks a second, a header and a body each. A file of 20 MB can ask for millions. */
const patchesMax = 2 ** 20
/** Eight in each fragment of a film that has one for every picture of two hours. */
const boxesMax = 2 ** 22
/** Honest files have a byte searched once or twice; where elements lie in one another, it could be thousands of times. */
const searchedBytesMax = (fileBytes: number): number => 2 * fileBytes + 64 * 2 ** 20

export class Scrubber {
  readonly patches: Patch[] = []
  readonly #source: BlockSource
  #blankBytes = 0
  #searchedBytes = 0
  #boxes = 0

  constructor(source: BlockSource) {
    this.#source = source
  }

  /** Overwrites with bytes, unless they stand there already. */
  async put(at: number, bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return
    const present = await this.#source.read(at, at + bytes.length)
    if (Buffer.compare(present, bytes) !== 0) this.#add({ at, bytes })
  }

  /** Overwrites with zeros, unless it is blank already: planning a scrubbed copy must find nothing left to do. */
  async blank(start: number, end: number): Promise<void> {
    if (end <= start) return
    this.#blankBytes += end - start
    if (this.#blankBytes > blankBytesMax) throw new TooMuchToScrub(`${this.#blankBytes} bytes`)
    for await (const { at, bytes } of this.#steps(start, end)) this.#clear(at, bytes)
  }

  /** The same without a look at what it is and without bounds: for what is often sample data. */
  async clear(start: number, end: number): Promise<void> {
    for (let at = start; at < end; at += stepBytes)
      this.#clear(at, await this.#source.read(at, Math.min(end, at + stepBytes)))
  }

  /** Throws `HidesOther` for an archive, a program or a page in these bytes. */
  async search(start: number, end: number): Promise<void> {
    const found = findForeign(await this.#readToSearch(start, end))
    if (found !== null) throw new HidesOther(found)
  }

  /** The same for a piece of any length. */
  async searchThrough(start: number, end: number): Promise<void> {
    const steps = this.#steps(start, end)
    while ((await steps.next()).done !== true);
  }

  /** A piece in steps, each searched. What stands behind its beginning is seldom anything but samples. */
  async *#steps(start: number, end: number): AsyncGenerator<{ at: number; bytes: Buffer }> {
    let hasBegun = false
    for (let at = start; at < end; at += stepBytes) {
      const bytes = await this.#readToSearch(at, Math.min(end, at + stepBytes + overlapBytes))
      const found = hasBegun ? findForeignAmongSamples(bytes) : findForeign(bytes)
      if (found !== null) throw new HidesOther(found)
      hasBegun ||= bytes.some((byte) => byte !== 0 && byte !== 0xff)
      yield { at, bytes: bytes.subarray(0, stepBytes) }
    }
  }

  async #readToSearch(start: number, end: number): Promise<Buffer> {
    this.#searchedBytes += end - start
    if (this.#searchedBytes > searchedBytesMax(this.#source.bytes))
      throw new TooMuchToScrub(`${this.#searchedBytes} bytes to search`)
    return Buffer.from(await this.#source.read(start, end))
  }

  countBox(): void {
    this.#boxes += 1
    if (this.#boxes > boxesMax) throw new TooMuchToScrub(`more than ${boxesMax} boxes`)
  }

  /** Overwrites without looking: for sample data, which a scrubbed copy no longer points to. */
  wipe(start: number, end: number): void {
    if (end > start) this.#add({ at: start, zeros: end - start })
  }

  #clear(at: number, present: Uint8Array): void {
    if (!zeros.subarray(0, present.length).equals(present)) this.#add({ at, zeros: present.length })
  }

  #add(patch: Patch): void {
    if (this.patches.push(patch) > patchesMax) throw new TooMuchToScrub(`more than ${patchesMax} places`)
  }
}

/** Enough to tell what something is by how it begins. */
export const beginningBytes = 4096

const stepBytes = 256 * 1024
const zeros = Buffer.alloc(stepBytes)

/** Bytes that nobody plays are something else; the message names it. */
export class HidesOther extends Error {
  override name = 'HidesOther'
}

/** More would have to be blanked than an honest file carries beside its media. */
export class TooMuchToScrub extends Error {
  override name = 'TooMuchToScrub'
}
