// What to overwrite in a WebM or Matroska file: tags, attachments, chapters, the words in its heading, and every track
// that is neither picture nor sound become Void. What else stands among the samples can only be found by looking through
// all clusters: as much as the file is long is read, each byte once.
import { flacMark, scrubFlacBlocks } from '../../audio/scrub-flac.ts'
import type { BlockSource } from '../reader/block-source.ts'
import { headerBytesMax, readElement, voidHeader, type Element } from '../matroska/ebml.ts'
import { matroskaIds as ids } from '../matroska/matroska-ids.ts'
import { ClusterScrub } from './scrub-clusters.ts'
import { beginningBytes, Scrubber, type ScrubPlan } from './scrub.ts'

/** In the segment; everything else in it says something about the film or its maker. */
const keptInSegment = new Set<number>([ids.seekHead, ids.info, ids.tracks, ids.cluster, ids.cues])
/** Tags, attachments, chapters: blanked to the end of the file where they claim to go further. */
const wordsInSegment = new Set<number>([0x1254c367, 0x1941a469, 0x1043a770])
/** TimestampScale and Duration; the rest are titles, names of files and programs, dates, ids. */
const keptInInfo = new Set<number>([0x2ad7b1, 0x4489])

/** What decoding needs of a track, as RFC 9559 lists it; the rest are names, addresses and settings of whoever made it. */
const keptInTrack = new Set<number>([
  0xd7, 0x73c5, 0x83, 0xb9, 0x88, 0x55aa, 0x55ab, 0x55ac, 0x55ad, 0x55ae, 0x55af, 0x9c, 0x6de7, 0x6df8, 0x23e383,
  0x234e7a, 0x23314f, 0x537f, 0x55ee, 0x41e4, 0x22b59c, 0x22b59d, 0x86, 0x63a2, 0xaa, 0x6fab, 0x56aa, 0x56bb, 0x6624,
  0xe0, 0xe1, 0xe2, 0x6d80,
])
/** Video, audio, both in one. */
const shownTypes = new Set<number>([1, 2, 3])
/** Words that are pictures hold no text: subtitles of discs and broadcasts. */
const pictureWords = /^S_(VOBSUB|HDMV\/PGS|DVBSUB|IMAGE)/

/** Some recorders count a heading twice. Less than a frame: what was really cut off misses more. */
const overrunBytesMax = 64

const headBytesMax = 32 * 1024 * 1024
const elementsMax = 4096
const childrenMax = 2 ** 14

export async function planMatroskaScrub(source: BlockSource): Promise<ScrubPlan> {
  const heading = await elementAt(source, 0)
  if (heading?.id !== ids.ebml || heading.end === null) return { plan: 'damaged', detail: 'no EBML header' }
  const segment = await elementAt(source, heading.end)
  if (segment?.id !== ids.segment) return { plan: 'damaged', detail: 'no segment' }
  if (segment.end !== null && segment.end > source.bytes + overrunBytesMax)
    return { plan: 'damaged', detail: `the segment ends ${segment.end - source.bytes} bytes after the file` }
  return new MatroskaScrub(source, heading, segment).plan()
}

async function elementAt(source: BlockSource, at: number): Promise<Element | null> {
  if (at >= source.bytes) return null
  return readElement(await source.read(at, Math.min(source.bytes, at + headerBytesMax)), at)
}

class MatroskaScrub {
  readonly #source: BlockSource
  readonly #heading: Element
  readonly #segment: Element
  readonly #end: number
  readonly #scrubber: Scrubber
  readonly #seen = new Set<number>()
  readonly #keptTracks = new Set<number>()
  #droppedTracks = 0
  #firstCluster = Infinity

  constructor(source: BlockSource, heading: Element, segment: Element) {
    this.#source = source
    this.#heading = heading
    this.#segment = segment
    this.#end = Math.min(segment.end ?? Infinity, source.bytes)
    this.#scrubber = new Scrubber(source)
  }

  async plan(): Promise<ScrubPlan> {
    await this.#searchHeading()
    const listed = await this.#walk(this.#segment.bodyStart)
    const end = await this.#scan()
    if (end < this.#end && this.#droppedTracks > 0)
      return { plan: 'unsafe', detail: `a track of words, in clusters that cannot be read at ${end}` }
    // What lies behind clusters that cannot be read is found through the tables.
    for (const at of listed) await this.#walk(at)
    await this.#scrubber.blank(this.#end, this.#source.bytes)
    return { plan: 'patches', patches: this.#scrubber.patches }
  }

  /** Nothing in it is overwritten, but readers pass over what they do not know. */
  async #searchHeading(): Promise<void> {
    for (const { child, end } of await this.#children(this.#heading))
      await this.#scrubber.searchThrough(child.bodyStart, end)
    await this.#scrubber.searchThrough(this.#heading.bodyStart, this.#heading.end ?? 0)
  }

  /** Treats the elements from an offset on, up to media or something unreadable. Returns where else to look. */
  async #walk(from: number): Promise<number[]> {
    const listed: number[] = []
    for (let at = from; at < this.#end && !this.#seen.has(at) && this.#seen.size < elementsMax;) {
      const element = await elementAt(this.#source, at)
      if (element?.id === ids.cluster) {
        this.#firstCluster = Math.min(this.#firstCluster, at)
        break
      }
      this.#seen.add(at)
      if (element === null) break
      const end = element.end === null || element.end > this.#end ? this.#end : element.end
      if (end !== element.end && !wordsInSegment.has(element.id)) break
      if (element.id === ids.seekHead) listed.push(...(await this.#readSeekHead(element)))
      await this.#treat(element, end)
      at = end
    }
    return listed
  }

  /** Everything from the first cluster on. Returns how far it could be read. */
  async #scan(): Promise<number> {
    if (this.#firstCluster >= this.#end) return this.#end
    this.#source.readThrough()
    const clusters = new ClusterScrub({
      source: this.#source,
      scrubber: this.#scrubber,
      keptTracks: this.#keptTracks,
      treatBeside: async (element, end) => {
        if (this.#seen.has(element.start)) return
        this.#seen.add(element.start)
        await this.#treat(element, end)
      },
      makeVoid: (element, end) => this.#void(element, end),
    })
    const end = await clusters.scrub(this.#firstCluster, this.#end)
    this.#source.readAheadBytes = 0
    return end
  }

  async #treat(element: Element, end: number): Promise<void> {
    if (element.id === ids.void) return this.#scrubber.blank(element.bodyStart, end)
    if (keptInSegment.has(element.id)) await this.#scrubber.searchThrough(element.bodyStart, end)
    if (element.id === ids.info) return this.#keepOnly(element, keptInInfo)
    if (element.id === ids.tracks) return this.#treatTracks(element)
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
      if (children.length === childrenMax) throw new RangeError('an element of the heading has too many parts')
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

  async #treatTracks(tracks: Element): Promise<void> {
    for (const { child: entry, end } of await this.#children(tracks)) {
      if (entry.id === ids.void) await this.#scrubber.blank(entry.bodyStart, end)
      else if (entry.id !== ids.trackEntry) await this.#void(entry, end)
      else if (await this.#isShown(entry)) {
        await this.#keepOnly(entry, keptInTrack)
        await this.#treatFlac(entry)
      } else {
        this.#droppedTracks += 1
        await this.#void(entry, end)
      }
    }
  }

  /** Notes the number of a track that stays. */
  async #isShown(entry: Element): Promise<boolean> {
    const children = await this.#children(entry)
    const bodyOf = (id: number) => Buffer.from(children.find(({ child }) => child.id === id)?.body ?? [])
    const [number, type] = [bodyOf(ids.trackNumber), bodyOf(ids.trackType)].map(toNumber)
    if (!shownTypes.has(type ?? 0) && !pictureWords.test(bodyOf(ids.codecId).toString('latin1'))) return false
    this.#keptTracks.add(number ?? 0)
    return true
  }

  /** What such a track is set up with is the beginning of a FLAC file: words and pictures too. */
  async #treatFlac(entry: Element): Promise<void> {
    const children = await this.#children(entry)
    const codec = children.find(({ child }) => child.id === ids.codecId)
    if (Buffer.from(codec?.body ?? []).toString('latin1') !== 'A_FLAC') return
    for (const { child, end, body } of children) {
      const mark = Buffer.from(body.subarray(0, flacMark.length)).toString('latin1')
      if (child.id !== ids.codecPrivate || mark !== flacMark) continue
      const from = child.bodyStart + flacMark.length
      const blocksEnd = await scrubFlacBlocks(this.#scrubber, this.#source, from, end)
      if (blocksEnd === null) throw new RangeError('a FLAC whose beginning is cut off')
      await this.#scrubber.blank(blocksEnd, end)
    }
  }

  async #readSeekHead(seekHead: Element): Promise<number[]> {
    const positions: number[] = []
    for (const { child } of await this.#children(seekHead)) {
      if (child.id !== ids.seek) continue
      for (const { child: part, body } of await this.#children(child)) {
        const position = part.id === ids.seekPosition ? toNumber(Buffer.from(body)) : null
        if (position !== null) positions.push(this.#segment.bodyStart + position)
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

/** Null for what is no number of a sensible size. */
const toNumber = (body: Buffer): number | null =>
  body.length === 0 || body.length > 8 || (body.length > 6 && body.readUInt16BE(0) !== 0)
    ? null
    : body.readUIntBE(Math.max(0, body.length - 6), Math.min(6, body.length))
