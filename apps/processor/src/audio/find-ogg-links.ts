// Where the sounds of a chained Ogg file begin (RFC 3533, 4): a recorded radio stream is one after the other, each with
// streams, rates and words of its own. A small file is walked; in others the links are looked up by halving, between a few
// dozen places: one that is short against the file, and whose stream has the number of its neighbour's, goes unseen.
import { BudgetSpent, type BlockSource } from '../video/reader/block-source.ts'
import {
  findOggPage,
  isFirstOfStream,
  measurePage,
  pageBytesMax,
  readFirstPages,
  readOggPage,
  type OggPage,
} from './ogg-pages.ts'

/** From an offset up to another. */
export type OggLink = { readonly start: number; readonly end: number }

/** Songs of a night. */
export const linksMax = 64

/** Of one read. Most of a file of this length is read for the waveform too, and still at hand then. */
const windowBytes = 8 * 2 ** 20

/** At least one: the whole file where nothing says that it is chained. Throws `BudgetSpent` when it has too many. */
export async function findOggLinks(source: BlockSource): Promise<OggLink[]> {
  const walked = source.bytes <= windowBytes ? await walkLinks(source) : null
  return walked ?? searchLinks(source)
}

/** Null for a file that is not pages from one end to the other. */
async function walkLinks(source: BlockSource): Promise<OggLink[] | null> {
  const starts: number[] = []
  let window = { start: 0, bytes: Buffer.alloc(0) }
  let wasFirst = false
  for (let at = 0; at < source.bytes;) {
    if (Math.min(source.bytes, at + pageBytesMax) > window.start + window.bytes.length)
      window = { start: at, bytes: Buffer.from(await source.read(at, Math.min(source.bytes, at + windowBytes))) }
    const bytes = measurePage(window.bytes, at - window.start)
    if (bytes === null || at + bytes > source.bytes) return null
    const isFirst = isFirstOfStream(window.bytes, at - window.start)
    if (isFirst && !wasFirst) starts.push(at)
    if (starts.length > linksMax) throw new BudgetSpent(`more than ${linksMax} links`)
    wasFirst = isFirst
    at += bytes
  }
  if (starts[0] !== 0) return null
  return starts.map((start, n) => ({ start, end: starts[n + 1] ?? source.bytes }))
}

async function searchLinks(source: BlockSource): Promise<OggLink[]> {
  const links: OggLink[] = []
  let serials = await readSerials(source, 0)
  if (isEven(await readMarks(source, evenMarks), serials)) return [{ start: 0, end: source.bytes }]
  const marks = await readMarks(source, marksMax)
  for (let start = 0; links.length < linksMax;) {
    const known = new KnownPages(serials, start)
    const foreign = marks.find((mark) => mark.start > start && !known.takeIn(mark))
    const found = serials.size === 0 || foreign === undefined ? null : await findEnd(source, known, foreign.start)
    serials = found === null ? new Set() : await readSerials(source, found)
    // A count that starts anew where no stream begins is an accident of recording.
    const end = serials.size === 0 ? source.bytes : (found ?? source.bytes)
    links.push({ start, end })
    if (end === source.bytes) return links
    start = end
  }
  throw new BudgetSpent(`more than ${linksMax} links`)
}

/** Pages that belong to one link, in their order: each stream counts its own. */
class KnownPages {
  readonly #sequences: Map<number, number>
  /** Where the last of them begins. */
  last: number

  constructor(serials: ReadonlySet<number>, start: number) {
    this.#sequences = new Map([...serials].map((serial) => [serial, 0]))
    this.last = start
  }

  has({ serial, sequence }: OggPage): boolean {
    return sequence >= (this.#sequences.get(serial) ?? Infinity)
  }

  /** False for a page of another link. */
  takeIn(page: OggPage): boolean {
    if (!this.has(page)) return false
    this.#sequences.set(page.serial, page.sequence)
    this.last = page.start
    return true
  }
}

/** How much longer on average the pages of one sound can be in its first half than in all of it. */
const unevenMax = 1.1
/** And than the two that are looked at. */
const unlikeMax = 2

/**
 * True where these pages are of one stream whose count grows as the file does, by as much as they are long: one sound.
 * A sound whose pages are less alike is searched.
 */
function isEven(marks: readonly OggPage[], serials: ReadonlySet<number>): boolean {
  if (serials.size !== 1 || marks.length < evenMarks || !marks.every(({ serial }) => serials.has(serial))) return false
  const lengths = marks.map(({ start, sequence }) => start / sequence)
  const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)]
  const seen = marks.reduce((sum, { bytes }) => sum + bytes.length, 0) / marks.length
  return longest <= shortest * unevenMax && longest <= seen * unlikeMax && seen <= shortest * unlikeMax
}

const evenMarks = 2
const marksMax = 32

/** Pages evenly apart, and the last one: the numbers of streams and pages tell links apart. */
async function readMarks(source: BlockSource, count: number): Promise<OggPage[]> {
  const reach = 2 * pageBytesMax
  const marks: OggPage[] = []
  const step = Math.max(2 * reach, Math.floor(source.bytes / count))
  for (let at = step; at + reach < source.bytes; at += step) {
    const page = findOggPage(Buffer.from(await source.read(at, at + reach)), at, 'first')
    if (page !== null) marks.push(page)
  }
  const tail = Math.max(0, source.bytes - reach)
  const last = findOggPage(Buffer.from(await source.read(tail, source.bytes)), tail, 'last')
  return last === null ? marks : [...marks, last]
}

/** The numbers of the streams that begin here. */
const readSerials = async (source: BlockSource, start: number): Promise<Set<number>> =>
  new Set((await readFirstPages(source, start)).map(({ serial }) => serial))

/** Where the first page stands that is none of these; one stands at `foreign` at the latest. */
async function findEnd(source: BlockSource, known: KnownPages, foreign: number): Promise<number> {
  let other = foreign
  while (other - known.last > 2 * pageBytesMax) {
    const middle = Math.floor((known.last + other) / 2)
    const bytes = Buffer.from(await source.read(middle, Math.min(other, middle + 2 * pageBytesMax)))
    const page = findOggPage(bytes, middle, 'first')
    if (page === null || !known.takeIn(page)) other = page?.start ?? middle
  }
  for (let at = known.last; at < foreign;) {
    const page = await readOggPage(source, at)
    if (page === null || !known.takeIn(page)) return page === null ? foreign : at
    at += page.bytes.length
  }
  return foreign
}
