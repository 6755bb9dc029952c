// What to overwrite in an MP4, QuickTime or M4A file. Boxes that playing needs are named here and kept; every other box
// becomes `free` with nothing in it. Tracks that are neither picture nor sound disappear, and their samples with them
// unless they are known to hold no place.
import type { BlockSource } from '../reader/block-source.ts'
import { BoxRegion, readBox, type Box } from './boxes.ts'
import { readMoof } from './fragments.ts'
import { judgeTracks, type Track } from './judge-tracks.ts'
import { isLong, trackIdOf, type MovieBox } from './movie-box.ts'
import { SampleBudget, type ByteRange, type SampleBounds } from './sample-ranges.ts'
import { findGaps, GapSearch } from './search-gaps.ts'
import {
  blankBox,
  blankRest,
  boxesIn,
  fillers,
  handlerNameOffset,
  scrubChildren,
  scrubUnlessKept,
  setOf,
} from './scrub-boxes.ts'
import { FragmentScrub } from './scrub-fragments.ts'
import { clearGaps } from './scrub-gaps.ts'
import { scrubSampleEntries } from './scrub-sample-entries.ts'
import { Scrubber, type ScrubPlan } from './scrub.ts'

const keptAtTop = setOf('ftyp styp pdin moov moof mdat mfra sidx ssix')

/** Words of a song that may stay (iTunes' names): none of them says where or with what it was made. */
const keptWords = setOf('©nam ©ART aART ©alb ©gen gnre trkn disk ©wrt ©day tmpo cpil pgap')

const moovBytesMax = 64 * 1024 * 1024
/** Of each frame of two hours, pictures and sound apart: a header and its samples. */
const topBoxesMax = 2 ** 20
const fragmentsReadAlone = 64

export async function planIsoScrub(source: BlockSource, knownHarmless: readonly ByteRange[] = []): Promise<ScrubPlan> {
  const scrubber = new Scrubber(source)
  const gaps = new GapSearch(scrubber)
  const budget = new SampleBudget()
  let movie: ScrubbedMovie | null = null
  let fragments: FragmentScrub | null = null
  let fragmentsSeen = 0
  let hasMedia = false
  let previous = ''
  const mediaBoxes: Box[] = []
  /** The bodies of all of them, behind fragments too. */
  const media: ByteRange[] = []
  for (let at = 0, count = 0; at < source.bytes; count += 1) {
    if (count > topBoxesMax) return { plan: 'unsafe', detail: 'too many boxes' }
    const box = await readTopBox(source, at)
    if (box?.type === 'mdat') media.push({ start: box.bodyStart, end: box.end })
    if (box === null || box.end > source.bytes) {
      if (movie === null || !hasMedia)
        return { plan: 'damaged', detail: `ends inside ${box?.type ?? 'a header'} at ${at}` }
      // A recording that was cut off ends among the samples of its last fragment.
      if (box?.type !== 'mdat' || previous !== 'moof') await blankRest(scrubber, at, source.bytes)
      break
    }
    if (box.type === 'mdat' || box.type === 'moof') hasMedia = true
    if (keptAtTop.has(box.type) && box.type !== 'mdat') await scrubber.searchThrough(box.bodyStart, box.end)
    if (fillers.has(box.type)) await scrubber.blank(box.bodyStart, box.end)
    else if (!keptAtTop.has(box.type)) await blankBox(scrubber, box)
    else if (box.type === 'moov') {
      // Players go by the first.
      if (movie !== null) await blankBox(scrubber, box)
      else if (box.end - box.start > moovBytesMax) return { plan: 'unsafe', detail: 'moov is too large' }
      else {
        movie = openMovie(box, await source.read(box.start, box.end), { fileBytes: source.bytes, budget })
        fragments = new FragmentScrub(scrubber, source, { movie, goneTracks: movie.goneTracks, budget })
      }
    } else if (box.type === 'moof') {
      if (fragments === null) return { plan: 'unsafe', detail: 'a fragment before the header' }
      await fragments.scrub(box)
      fragmentsSeen += 1
      // Of a long film they are many and not far apart: what lies between them is read with them.
      if (fragmentsSeen === fragmentsReadAlone) source.readThrough()
    } else if (box.type === 'mfra') await scrubChildren(scrubber, await readMoof(source, box), box)
    // What follows a fragment's header is its own.
    else if (box.type === 'mdat' && previous === 'moof') await gaps.search([box], fragments?.lastSamples ?? [])
    else if (box.type === 'mdat') mediaBoxes.push(box)
    if (!fillers.has(box.type)) previous = box.type
    at = box.end
  }
  source.readAheadBytes = 0
  if (movie === null) return { plan: 'damaged', detail: 'no moov' }
  const { region, moov, tracks } = movie
  await scrubMovie(scrubber, movie)
  // Samples stand nowhere else, whatever their tables say.
  const beside = findGaps([{ start: 0, end: source.bytes }], media, 1)
  wipeSamples(scrubber, tracks, { fragments, beside })
  // What tracks hold whose tables cannot be followed is searched as well, and does not look like anything by chance.
  await gaps.search(mediaBoxes, samplesOf(tracks))
  // In a film of a phone they are many and stand everywhere: blanked, all of it would pass through here.
  const harmless = samplesOf(tracks.filter(({ fate }) => fate === 'drop'))
  const kept = tracks.filter(({ fate }) => fate === 'keep')
  // One whose tracks stand in a compressed header, as QuickTime wrote them: all of its samples would seem to be gaps.
  if (kept.length === 0) return { plan: 'unsafe', detail: 'no track that is played' }
  // Of a film in fragments the samples may stand anywhere.
  if (fragmentsSeen === 0 && region.find(moov, 'mvex') === null)
    await clearGaps(scrubber, source, { kept, mediaBoxes, harmless: [...harmless, ...knownHarmless] })
  const createdAt = readCreatedAt(movie)
  return {
    plan: 'patches',
    patches: scrubber.patches,
    ...(createdAt === null ? {} : { createdAt }),
    ...(harmless.length === 0 ? {} : { harmless }),
  }
}

/** Seconds from 1904, when these clocks start, to 1970. */
const secondsTo1970 = 2_082_844_800

/** `YYYY-MM-DDTHH:MM:SS+00:00`, or null for a clock that was never set. Kept in the copy: the gallery shows it too. */
function readCreatedAt({ region, moov }: MovieBox): string | null {
  const mvhd = region.find(moov, 'mvhd')
  if (mvhd === null || mvhd.end - mvhd.bodyStart < 12) return null
  const at = mvhd.bodyStart + 4
  const seconds = (isLong(region, mvhd) ? region.uint64(at) : region.uint32(at)) - secondsTo1970
  return seconds > 0 && seconds < 0xffff_ffff ? `${new Date(seconds * 1000).toISOString().slice(0, 19)}+00:00` : null
}

async function readTopBox(source: BlockSource, at: number): Promise<Box | null> {
  const header = await source.read(at, Math.min(source.bytes, at + 16))
  const box = readBox(header, at, source.bytes)
  return box !== null && /^[\x20-\x7e\xa9]{4}$/.test(box.type) ? box : null
}

type ScrubbedMovie = MovieBox & {
  readonly tracks: readonly Track[]
  /** Those whose samples go, in the header and in fragments. */
  readonly goneTracks: ReadonlySet<number>
}

function openMovie(moov: Box, bytes: Uint8Array, bounds: SampleBounds): ScrubbedMovie {
  const region = new BoxRegion(bytes, moov.start)
  const tracks = judgeTracks({ region, moov }, bounds)
  const gone = tracks.filter(({ fate }) => fate === 'wipe').map(({ box }) => trackIdOf(region, box))
  return { region, moov, tracks, goneTracks: new Set(gone) }
}

const samplesOf = (tracks: readonly Track[]): ByteRange[] => tracks.flatMap(({ samples }) => samples ?? [])

async function scrubMovie(scrubber: Scrubber, { region, moov, tracks, goneTracks }: ScrubbedMovie): Promise<void> {
  const kept = new Set(tracks.filter(({ fate }) => fate === 'keep').map(({ box }) => box.start))
  for await (const box of boxesIn(scrubber, region, moov.bodyStart, moov.end)) {
    if (box.type === 'udta') await scrubUserData(scrubber, region, box)
    else if (box.type === 'trak' && !kept.has(box.start)) await blankBox(scrubber, box)
    else await scrubUnlessKept(scrubber, region, box, moov.type)
    if (kept.has(box.start)) await scrubSampleEntries(scrubber, region, box)
  }
  const mvex = region.find(moov, 'mvex')
  for (const box of mvex === null ? [] : region.boxes(mvex.bodyStart, mvex.end))
    if (box.type === 'trex' && goneTracks.has(region.uint32(box.bodyStart + 4))) await blankBox(scrubber, box)
}

type WipeBounds = { readonly fragments: FragmentScrub | null; readonly beside: readonly ByteRange[] }

/** Only what nothing else takes: the samples of a track may stand in another file, at the same offsets. */
function wipeSamples(scrubber: Scrubber, tracks: readonly Track[], { fragments, beside }: WipeBounds): void {
  const gone = tracks.filter(({ fate }) => fate === 'wipe')
  if (gone.some(({ samples }) => samples === null)) throw new RangeError('sample tables that cannot be followed')
  const played = samplesOf(tracks.filter(({ fate }) => fate === 'keep'))
  const goneSamples = [...samplesOf(gone), ...(fragments?.goneSamples ?? [])]
  const taken = [...played, ...(fragments?.playedSamples ?? []), ...beside]
  for (const { start, end } of findGaps(goneSamples, taken, 1)) scrubber.wipe(start, end)
}

/** Of all that is said about the film, only a song's own words stay. */
async function scrubUserData(scrubber: Scrubber, region: BoxRegion, udta: Box): Promise<void> {
  const meta = region.find(udta, 'meta')
  const words = meta === null ? null : findWords(region, meta)
  if (meta === null || words === null) return blankBox(scrubber, udta)
  for await (const box of boxesIn(scrubber, region, udta.bodyStart, udta.end))
    if (box.type !== 'meta') await blankBox(scrubber, box)
  for await (const box of boxesIn(scrubber, region, meta.bodyStart + 4, meta.end)) {
    if (box.type === 'hdlr') await scrubber.blank(box.bodyStart + handlerNameOffset, box.end)
    else if (box.start !== words.start) await blankBox(scrubber, box)
  }
  for await (const word of boxesIn(scrubber, region, words.bodyStart, words.end))
    if (!keptWords.has(word.type) && !isPriming(region, word)) await blankBox(scrubber, word)
}

/** How many samples of silence players leave out at both ends, in hexadecimal: albums would get gaps without it. */
const priming =
  /^\0\0\0\x1cmean\0{4}com\.apple\.iTunes\0\0\0\x14name\0{4}iTunSMPB\0\0.{2}data\0{3}[\0\x01]\0{4}(?: [0-9A-F]{8,16}){4,12}$/s

const isPriming = (region: BoxRegion, { type, bodyStart, end }: Box): boolean =>
  type === '----' && priming.test(Buffer.from(region.slice(bodyStart, end)).toString('latin1'))

/** iTunes' list, which names its items by four letters; Apple's cameras number theirs and keep the names elsewhere. */
function findWords(region: BoxRegion, meta: Box): Box | null {
  const inside = { bodyStart: meta.bodyStart + 4, end: meta.end }
  const hdlr = region.find(inside, 'hdlr')
  const isItunes = hdlr !== null && hdlr.end - hdlr.bodyStart >= 12 && region.type(hdlr.bodyStart + 8) === 'mdir'
  return isItunes ? region.find(inside, 'ilst') : null
}
