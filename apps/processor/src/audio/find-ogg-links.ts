// Where the sounds of a chained Ogg file begin (RFC 3533, 4): a recorded radio stream is one after the other, each with
// streams, rates and words of its own. A small file is walked page by page. In others they are looked up by halving, by
// the numbers of their streams, so that a file that is not chained costs its two ends, and one that is a dozen reads a
// link: two sounds there whose streams have the same number count as one.
import { BudgetSpent, type BlockSource } from '../video/reader/block-source.ts'
import { findOggPage, isFirstOfStream, measurePage, pageBytesMax, readOggPage } from './ogg-pages.ts'

/** From an offset up to another. */
export type OggLink = { readonly start: number; readonly end: number }

/** Songs of a night. */
const linksMax = 64
/** Streams that begin together. */
const streamsMax = 32

/** Most of it is read for the waveform too, and still at hand then. */
const walkedBytesMax = 8 * 2 ** 20

/** At least one: the whole file where nothing says that it is chained. Throws `BudgetSpent` when it has too many. */
export async function findOggLinks(source: BlockSource): Promise<OggLink[]> {
  const walked = source.bytes <= walkedBytesMax ? await walkLinks(source) : null
  return walked ?? searchLinks(source)
}

/** Null for a file that is not pages from one end to the other. */
async function walkLinks(source: BlockSource): Promise<OggLink[] | null> {
  const starts: number[] = []
  const file = Buffer.from(await source.read(0, source.bytes))
  let wasFirst = false
  for (let at = 0; at < file.length;) {
    const bytes = measurePage(file, at)
    if (bytes === null || at + bytes > file.length) return null
    const isFirst = isFirstOfStream(file, at)
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
  const last = await findLastPage(source)
  for (let start = 0; links.length < linksMax;) {
    const serials = await readSerials(source, start)
    if (last === null || serials.size === 0 || serials.has(last.serial) || last.start <= start) {
      links.push({ start, end: source.bytes })
      return links
    }
    const end = await findEnd(source, serials, start, last.start)
    links.push({ start, end })
    start = end
  }
  throw new BudgetSpent(`more than ${linksMax} links`)
}

async function findLastPage(source: BlockSource) {
  const start = Math.max(0, source.bytes - 2 * pageBytesMax)
  return findOggPage(Buffer.from(await source.read(start, source.bytes)), start, 'last')
}

/** The streams that begin here: their first pages stand before all else. */
async function readSerials(source: BlockSource, start: number): Promise<Set<number>> {
  const serials = new Set<number>()
  let at = start
  while (serials.size < streamsMax) {
    const page = await readOggPage(source, at)
    if (page === null || !page.isFirst) break
    serials.add(page.serial)
    at += page.bytes.length
  }
  return serials
}

/** Where the first page stands that is of none of these streams; one stands at `foreign` at the latest. */
async function findEnd(
  source: BlockSource,
  serials: ReadonlySet<number>,
  start: number,
  foreign: number,
): Promise<number> {
  let [own, other] = [start, foreign]
  while (other - own > 2 * pageBytesMax) {
    const middle = Math.floor((own + other) / 2)
    const bytes = Buffer.from(await source.read(middle, Math.min(other, middle + 2 * pageBytesMax)))
    const page = findOggPage(bytes, middle, 'first')
    if (page !== null && serials.has(page.serial)) own = page.start
    else other = page?.start ?? middle
  }
  for (let at = own; at < other;) {
    const page = await readOggPage(source, at)
    if (page === null || !serials.has(page.serial)) return page === null ? other : at
    at += page.bytes.length
  }
  return other
}
