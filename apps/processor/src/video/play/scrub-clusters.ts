// The clusters of a Matroska or WebM file, looked through from the first to the end of the file: whatever is no sample
// of a track that stays becomes Void, where it stands. Blocks that stay are sample data, and are stepped over. Called by
// scrub-matroska, for files that are worth reading whole.
import { BudgetSpent, windowBytes, type BlockSource } from '../reader/block-source.ts'
import { headerBytesMax, readElement, voidHeader, type Element } from '../matroska/ebml.ts'
import { matroskaIds as ids } from '../matroska/matroska-ids.ts'
import { TooMuchToScrub, type Scrubber } from './scrub.ts'

/** SimpleBlock, EncryptedBlock. */
const bareBlocks = new Set<number>([0xa3, 0xaf])
/** Timestamp, Position, PrevSize, SilentTracks. */
const keptInCluster = new Set<number>([0xe7, 0xa7, 0xab, 0x5854])
/** Block, its duration, priority, references, codec state, padding, additions (a film's transparency), slices. */
const keptInGroup = new Set<number>([ids.block, 0x9b, 0xfa, 0xfb, 0xfd, 0xa4, 0x75a2, 0x75a1, 0x8e])

/** Ids of what stands beside clusters have four bytes, as theirs has. */
const isBesideClusters = (id: number): boolean => id > 0xff_ffff

/** A header and the number of a track behind it. */
const peekedBytes = headerBytesMax + 8

/** Ten hours of frames and packets, each with a few elements of its own; in a file they can be two bytes long. */
const elementsMax = 2 ** 24

export type ClusterScrubDeps = {
  readonly source: BlockSource
  readonly scrubber: Scrubber
  /** Blocks of all others go. */
  readonly keptTracks: ReadonlySet<number>
  readonly treatBeside: (element: Element, end: number) => Promise<void>
  /** Makes an element Void, after a look at what it holds. */
  readonly makeVoid: (element: Element, end: number) => Promise<void>
}

export class ClusterScrub {
  readonly #deps: ClusterScrubDeps
  #window: { readonly start: number; readonly bytes: Uint8Array } = { start: 0, bytes: new Uint8Array() }
  /** Of the cluster that is being looked through. */
  #checksum: Element | null = null
  #isChanged = false
  #elements = 0

  constructor(deps: ClusterScrubDeps) {
    this.#deps = deps
  }

  /** Returns how far it came: to the end, or to something that cannot be read. */
  async scrub(from: number, end: number): Promise<number> {
    let at = from
    while (at < end) {
      this.#count()
      const head = this.#peek(at) ?? (await this.#load(at))
      const element = readElement(head, at)
      if (element === null) break
      if (element.id === ids.cluster) {
        await this.#closeCluster()
        // Stepped into, not over: those of live recordings have no end.
        at = element.bodyStart
        continue
      }
      if (element.end === null || element.end > end) break
      if (isBesideClusters(element.id)) await this.#deps.treatBeside(element, element.end)
      else await this.#treat(element, element.end, head)
      at = element.end
    }
    await this.#closeCluster()
    return at
  }

  async #treat(element: Element, end: number, head: Uint8Array): Promise<void> {
    const { id } = element
    if (keptInCluster.has(id)) return
    if (id === ids.crc32) this.#checksum = element
    else if (id === ids.void) await this.#deps.scrubber.blank(element.bodyStart, end)
    else if (id === ids.blockGroup) await this.#treatGroup(element, end)
    else if (!bareBlocks.has(id)) await this.#void(element, end)
    else if (!this.#isKept(element, head)) await this.#drop(element, end)
  }

  async #treatGroup(group: Element, end: number): Promise<void> {
    for (let at = group.bodyStart; at < end;) {
      this.#count()
      const head = this.#peek(at) ?? (await this.#load(at))
      const child = readElement(head, at)
      if (child === null || child.end === null || child.end > end) return
      if (child.id === ids.block && !this.#isKept(child, head)) return this.#drop(group, end)
      if (child.id === ids.void) await this.#deps.scrubber.blank(child.bodyStart, child.end)
      else if (!keptInGroup.has(child.id)) await this.#void(child, child.end)
      at = child.end
    }
  }

  #isKept({ start, bodyStart }: Element, head: Uint8Array): boolean {
    const number = readTrackNumber(head.subarray(bodyStart - start))
    return number !== null && this.#deps.keptTracks.has(number)
  }

  /** Nobody plays it, and its packed words are not looked at either. */
  async #drop({ start }: Element, end: number): Promise<void> {
    this.#isChanged = true
    const header = voidHeader(end - start)
    await this.#deps.scrubber.put(start, header)
    this.#deps.scrubber.wipe(start + header.length, end)
  }

  async #void(element: Element, end: number): Promise<void> {
    this.#isChanged = true
    await this.#deps.makeVoid(element, end)
  }

  /** The checksum covers what has been changed. */
  async #closeCluster(): Promise<void> {
    const checksum = this.#checksum
    if (this.#isChanged && checksum?.end != null) await this.#deps.makeVoid(checksum, checksum.end)
    this.#checksum = null
    this.#isChanged = false
  }

  #count(): void {
    this.#elements += 1
    if (this.#elements > elementsMax) throw new TooMuchToScrub(`more than ${elementsMax} elements`)
  }

  #peek(at: number): Uint8Array | null {
    const offset = at - this.#window.start
    const isHere = offset >= 0 && offset + peekedBytes <= this.#window.bytes.length
    return isHere ? this.#window.bytes.subarray(offset, offset + peekedBytes) : null
  }

  async #load(at: number): Promise<Uint8Array> {
    const { source } = this.#deps
    if (at >= source.bytes) throw new BudgetSpent('an element beyond the file')
    this.#window = { start: at, bytes: await source.read(at, Math.min(source.bytes, at + windowBytes)) }
    return this.#window.bytes.subarray(0, peekedBytes)
  }
}

/** As wide as its first byte says; null for what is no number that a track could have. */
function readTrackNumber(bytes: Uint8Array): number | null {
  // A number is written like the length of an element.
  const number = readElement(Uint8Array.of(ids.void, ...bytes.subarray(0, 8)), 0)
  return number === null || number.end === null ? null : number.end - number.bodyStart
}
