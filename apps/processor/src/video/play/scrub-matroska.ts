// What to overwrite in a WebM or Matroska file: tags, attachments, chapters, and the words in its heading become Void.
// Clusters, which hold the media, are never touched and only stepped over where a table says what lies behind them.
import type { BlockSource } from '../reader/block-source.ts'
import { headerBytesMax, readElement, voidHeader, type Element } from './ebml.ts'
import { matroskaIds as ids } from './matroska-ids.ts'
import { beginningBytes, Scrubber, type ScrubPlan } from './scrub.ts'

/** In the segment; everything else in it says something about the film or its maker. */
const keptInSegment = new Set<number>([ids.seekHead, ids.info, ids.tracks, ids.cluster, ids.cues])
/** Tags, attachments, chapters: blanked to the end of the file where they claim to go further. */
const wordsInSegment = new Set<number>([0x1254c367, 0x1941a469, 0x1043a770])
/** TimestampScale and Duration; the rest are titles, names of files and programs, dates, ids. */
const keptInInfo = new Set<number>([0x2ad7b1, 0x4489])

/** Some recorders count a heading twice. Less than a frame: what was really cut off misses more. */
const overrunBytesMax = 64

const headBytesMax = 32 * 1024 * 1024
const elementsMax = 4096

export async function planMatroskaScrub(source: BlockSource): Promise<ScrubPlan> {
  const heading = await elementAt(source, 0)
  if (heading?.id !== ids.ebml || heading.end === null) return { plan: 'damaged', detail: 'no EBML header' }
  const segment = await elementAt(source, heading.end)
  if (segment?.id !== ids.segment) return { plan: 'damaged', detail: 'no segment' }
  if (segment.end !== null && segment.end > source.bytes + overrunBytesMax)
    return { plan: 'damaged', detail: `the segment ends ${segment.end - source.bytes} bytes after the file` }
  return new MatroskaScrub(source, segment).plan()
}

async function elementAt(source: BlockSource, at: number): Promise<Element | null> {
  if (at >= source.bytes) return null
  return readElement(await source.read(at, Math.min(source.bytes, at + headerBytesMax)), at)
}

class MatroskaScrub {
  readonly #source: BlockSource
  readonly #segment: Element
  readonly #end: number
  readonly #scrubber: Scrubber
  readonly #seen = new Set<number>()

  constructor(source: BlockSource, segment: Element) {
    this.#source = source
    this.#segment = segment
    this.#end = Math.min(segment.end ?? Infinity, source.bytes)
    this.#scrubber = new Scrubber(source)
  }

  async plan(): Promise<ScrubPlan> {
    const listed = await this.#walk(this.#segment.bodyStart)
    // What lies behind the media is found through the seek table; each find is followed to the end or the next cluster.
    for (const at of listed) await this.#walk(at)
    await this.#scrubber.blank(this.#end, this.#source.bytes)
    return { plan: 'patches', patches: this.#scrubber.patches }
  }

  /** Treats the elements from an offset on, up to media or something unreadable. Returns where else to look. */
  async #walk(from: number): Promise<number[]> {
    const listed: number[] = []
    for (let at = from; at < this.#end && !this.#seen.has(at) && this.#seen.size < elementsMax;) {
      this.#seen.add(at)
      const element = await elementAt(this.#source, at)
      // Live recordings leave the length of a cluster open: only other media can follow it.
      if (element === null || element.id === ids.cluster) break
      const end = element.end === null || element.end > this.#end ? this.#end : element.end
      if (end !== element.end && !wordsInSegment.has(element.id)) break
      if (element.id === ids.seekHead) listed.push(...(await this.#readSeekHead(element)))
      await this.#treat(element, end)
      at = end
    }
    return listed
  }

  async #treat(element: Element, end: number): Promise<void> {
    if (element.id === ids.void) return this.#scrubber.blank(element.bodyStart, end)
    if (element.id === ids.info) return this.#keepOnly(element, keptInInfo)
    if (element.id === ids.tracks) return this.#dropTrackNames(element)
    if (element.id === ids.seekHead) return this.#dropSeeks(element)
    if (!keptInSegment.has(element.id)) await this.#void(element, end)
  }

  async #void({ start, bodyStart }: Element, end: number): Promise<void> {
    // The new header may reach into the old body.
    await this.#scrubber.search(bodyStart, Math.min(end, bodyStart + beginningBytes))
    const header = voidHeader(end - start)
    await this.#scrubber.put(start, header)
    await this.#scrubber.blank(start + header.length, end)
  }

  async #children(parent: Element): Promise<{ child: Element; end: number; body: Uint8Array }[]> {
    const parentEnd = parent.end ?? parent.bodyStart
    if (parentEnd - parent.bodyStart > headBytesMax) throw new RangeError('an element of the heading is too large')
    const bytes = await this.#source.read(parent.bodyStart, Math.max(parent.bodyStart + 1, parentEnd))
    const children = []
    for (let at = parent.bodyStart; at < parentEnd;) {
      const offset = at - parent.bodyStart
      const child = readElement(bytes.subarray(offset, offset + headerBytesMax), at)
      if (child === null || child.end === null || child.end > parentEnd) break
      children.push({
        child,
        end: child.end,
        body: bytes.subarray(child.bodyStart - parent.bodyStart, child.end - parent.bodyStart),
      })
      at = child.end
    }
    return children
  }

  async #keepOnly(parent: Element, keptIds: ReadonlySet<number>): Promise<void> {
    for (const { child, end } of await this.#children(parent)) {
      if (child.id === ids.void) await this.#scrubber.blank(child.bodyStart, end)
      // The checksum covers what has just been changed.
      else if (!keptIds.has(child.id)) await this.#void(child, end)
    }
  }

  async #dropTrackNames(tracks: Element): Promise<void> {
    for (const { child: entry, end: entryEnd } of await this.#children(tracks)) {
      if (entry.id !== ids.trackEntry) {
        if (entry.id === ids.crc32) await this.#void(entry, entryEnd)
        continue
      }
      for (const { child, end } of await this.#children(entry)) {
        if (child.id === ids.trackName || child.id === ids.crc32) await this.#void(child, end)
      }
    }
  }

  async #readSeekHead(seekHead: Element): Promise<number[]> {
    const positions: number[] = []
    for (const { child } of await this.#children(seekHead)) {
      if (child.id !== ids.seek) continue
      for (const { child: part, body } of await this.#children(child)) {
        if (part.id !== ids.seekPosition || body.length > 6 || body.length === 0) continue
        positions.push(this.#segment.bodyStart + Buffer.from(body).readUIntBE(0, body.length))
      }
    }
    return positions
  }

  /** Entries that lead to what is gone go too, so that no player looks for it. */
  async #dropSeeks(seekHead: Element): Promise<void> {
    for (const { child, end } of await this.#children(seekHead)) {
      const isSeek = child.id === ids.seek
      const target = isSeek
        ? (await this.#children(child)).find(({ child: part }) => part.id === ids.seekId)
        : undefined
      const id = target === undefined ? null : readElement(Uint8Array.of(...target.body, 0x80), 0)?.id
      const isKept = isSeek && id != null && keptInSegment.has(id)
      if (child.id === ids.void) await this.#scrubber.blank(child.bodyStart, end)
      else if (!isKept) await this.#void(child, end)
    }
  }
}
