// What to overwrite in an MP4, QuickTime or M4A file. Boxes that playing needs are named here and kept; every other box
// becomes `free` with nothing in it. Tracks that are neither picture nor sound disappear, and their samples with them
// unless they are known to hold no place.
import type { BlockSource } from '../reader/block-source.ts'
import { BoxRegion, readBox, type Box } from './boxes.ts'
import { readFragments } from './fragments.ts'
import { trackIdOf, type MovieBox } from './movie-box.ts'
import { findSampleRanges } from './sample-ranges.ts'
import { searchGaps } from './search-gaps.ts'
import { searchLast } from './search-last.ts'
import { beginningBytes, Scrubber, type ScrubPlan } from './scrub.ts'

const setOf = (names: string): ReadonlySet<string> => new Set(names.split(' '))

const keptAtTop = setOf('ftyp styp pdin moov moof mdat mfra sidx ssix')
/** Boxes that mean nothing; what hides in them is blanked. */
const fillers = setOf('free skip wide')

/** Children that playing needs, by the box they stand in. */
const kept: Readonly<Record<string, ReadonlySet<string>>> = {
  moov: setOf('mvhd trak mvex iods'),
  trak: setOf('tkhd tref edts mdia tapt'),
  mdia: setOf('mdhd hdlr elng minf'),
  minf: setOf('vmhd smhd gmhd nmhd hdlr dinf stbl'),
  stbl: setOf('stsd stts stss ctts cslg stsc stsz stz2 stco co64 sdtp sbgp sgpd subs saiz saio stps padb'),
}

/** Words of a song that may stay (iTunes' names): none of them says where or with what it was made. */
const keptWords = setOf('©nam ©ART aART ©alb ©gen gnre trkn disk ©wrt ©day tmpo cpil pgap')

const moovBytesMax = 64 * 1024 * 1024
const topBoxesMax = 4096
const fragmentsMax = 64

export async function planIsoScrub(source: BlockSource): Promise<ScrubPlan> {
  const scrubber = new Scrubber(source)
  let moov: Box | null = null
  let hasMedia = false
  let fragments = 0
  let previous = ''
  const mediaBoxes: Box[] = []
  let at = 0
  for (let count = 0; at < source.bytes; count += 1) {
    if (count > topBoxesMax) return { plan: 'unsafe', detail: 'too many boxes' }
    const box = await readTopBox(source, at)
    if (box === null || box.end > source.bytes) {
      if (moov === null || !hasMedia)
        return { plan: 'damaged', detail: `ends inside ${box?.type ?? 'a header'} at ${at}` }
      await blankTail(scrubber, at, source.bytes)
      break
    }
    if (box.type === 'moov') moov = box
    if (box.type === 'mdat' || box.type === 'moof') hasMedia = true
    if (fillers.has(box.type)) await scrubber.blank(box.bodyStart, box.end)
    else if (!keptAtTop.has(box.type)) await blankBox(scrubber, box)
    // What follows a fragment's header is its own; its tables are many, and not looked up.
    if (box.type === 'mdat' && previous !== 'moof') mediaBoxes.push(box)
    if (!fillers.has(box.type)) previous = box.type
    at = box.end
    // Fragments follow one another to the end; of a long film not each is looked up, since that is a read every time.
    if (box.type === 'moof') fragments += 1
    if (fragments > fragmentsMax) {
      await searchLast(scrubber, source, at)
      break
    }
  }
  if (moov === null) return { plan: 'damaged', detail: 'no moov' }
  if (moov.end - moov.start > moovBytesMax) return { plan: 'unsafe', detail: 'moov is too large' }
  const region = new BoxRegion(await source.read(moov.start, moov.end), moov.start)
  const problem = await scrubMovie(scrubber, region, moov, source)
  if (problem === null) await searchGaps(scrubber, region, moov, mediaBoxes, source.bytes)
  const createdAt = readCreatedAt(region, moov)
  return problem ?? { plan: 'patches', patches: scrubber.patches, ...(createdAt === null ? {} : { createdAt }) }
}

/** Seconds from 1904, when these clocks start, to 1970. */
const secondsTo1970 = 2_082_844_800

/** `YYYY-MM-DDTHH:MM:SS+00:00`, or null for a clock that was never set. Kept in the copy: the gallery shows it too. */
function readCreatedAt(region: BoxRegion, moov: Box): string | null {
  const mvhd = region.find(moov, 'mvhd')
  if (mvhd === null || mvhd.end - mvhd.bodyStart < 12) return null
  const isLong = (region.slice(mvhd.bodyStart, mvhd.end)[0] ?? 0) === 1
  const seconds = (isLong ? region.uint64(mvhd.bodyStart + 4) : region.uint32(mvhd.bodyStart + 4)) - secondsTo1970
  return seconds > 0 && seconds < 0xffff_ffff ? `${new Date(seconds * 1000).toISOString().slice(0, 19)}+00:00` : null
}

async function readTopBox(source: BlockSource, at: number): Promise<Box | null> {
  const header = await source.read(at, Math.min(source.bytes, at + 16))
  const box = readBox(header, at, source.bytes)
  return box !== null && /^[\x20-\x7e\xa9]{4}$/.test(box.type) ? box : null
}

/** Phones and editors leave trailers behind the last box that are no boxes themselves. */
async function blankTail(scrubber: Scrubber, start: number, end: number): Promise<void> {
  if (end - start < 8 || end - start > 0xffff_ffff) return scrubber.blank(start, end)
  // What stands where its header will.
  await scrubber.search(start, Math.min(end, start + beginningBytes))
  const header = Buffer.alloc(8)
  header.writeUInt32BE(end - start)
  header.write('free', 4, 'latin1')
  await scrubber.put(start, header)
  await scrubber.blank(start + 8, end)
}

const free = Buffer.from('free', 'latin1')

/** Turns a box into an empty `free` box of the same length. The type stands before the 64-bit size, if there is one. */
async function blankBox(scrubber: Scrubber, box: Box): Promise<void> {
  // Its name has 16 bytes, and what matters begins behind them.
  if (box.type === 'uuid' && box.end > box.bodyStart + 16) await scrubber.search(box.bodyStart + 16, box.end)
  await scrubber.put(box.start + 4, free)
  await scrubber.blank(box.bodyStart, box.end)
}

async function scrubMovie(
  scrubber: Scrubber,
  region: BoxRegion,
  moov: Box,
  source: BlockSource,
): Promise<ScrubPlan | null> {
  const isFragmented = region.find(moov, 'mvex') !== null
  const wiped = new Set<number>()
  for (const box of region.boxes(moov.bodyStart, moov.end)) {
    if (box.type === 'udta') await scrubUserData(scrubber, region, box)
    else if (box.type === 'trak') {
      const fate = judgeTrack(region, box)
      if (fate === 'keep') {
        await scrubChildren(scrubber, region, box)
        continue
      }
      if (fate === 'wipe') {
        const ranges = findSampleRanges(region, box, source.bytes)
        if (ranges === null) return { plan: 'unsafe', detail: 'sample tables that cannot be followed' }
        for (const range of ranges) scrubber.wipe(range.start, range.end)
        wiped.add(trackIdOf(region, box))
      }
      await blankBox(scrubber, box)
    } else await scrubUnlessKept(scrubber, region, box, 'moov')
  }
  return isFragmented && wiped.size > 0 ? scrubFragments(scrubber, { region, moov }, source, wiped) : null
}

/** A fragment's table of a track that is gone goes with its samples: players stumble over tables of no track. */
async function scrubFragments(
  scrubber: Scrubber,
  movie: MovieBox,
  source: BlockSource,
  wiped: ReadonlySet<number>,
): Promise<ScrubPlan | null> {
  const { region, moov } = movie
  for await (const tracks of readFragments(source, movie)) {
    const gone = tracks.filter(({ trackId }) => wiped.has(trackId))
    if (gone.length > 0 && tracks.some(({ standsAlone }, n) => n > 0 && !standsAlone))
      return { plan: 'unsafe', detail: 'fragments that are found by counting from one another' }
    for (const { box, samples } of gone) {
      for (const { start, end } of samples) scrubber.wipe(start, end)
      await blankBox(scrubber, box)
    }
  }
  const mvex = region.find(moov, 'mvex')
  for (const box of mvex === null ? [] : region.boxes(mvex.bodyStart, mvex.end))
    if (box.type === 'trex' && wiped.has(region.uint32(box.bodyStart + 4))) await blankBox(scrubber, box)
  return null
}

/** Keeps what playing needs of a box and goes on inside; blanks the rest. */
async function scrubChildren(scrubber: Scrubber, region: BoxRegion, parent: Box): Promise<void> {
  for (const box of region.boxes(parent.bodyStart, parent.end))
    await scrubUnlessKept(scrubber, region, box, parent.type)
}

async function scrubUnlessKept(scrubber: Scrubber, region: BoxRegion, box: Box, parentType: string): Promise<void> {
  if (fillers.has(box.type)) await scrubber.blank(box.bodyStart, box.end)
  else if (kept[parentType]?.has(box.type) === false) await blankBox(scrubber, box)
  else if (box.type === 'hdlr') await scrubber.blank(box.bodyStart + handlerNameOffset, box.end)
  else if (box.type === 'dinf') await scrubDataReferences(scrubber, region, box)
  else if (box.type in kept) await scrubChildren(scrubber, region, box)
}

/** Version and flags, a reserved word, the handler's type, three reserved words; then its name, often a device's. */
const handlerNameOffset = 24

/** QuickTime notes here the path of the file on the disk it was cut on. */
async function scrubDataReferences(scrubber: Scrubber, region: BoxRegion, dinf: Box): Promise<void> {
  const dref = region.find(dinf, 'dref')
  if (dref === null) return
  for (const entry of region.boxes(dref.bodyStart + 8, dref.end)) await scrubber.blank(entry.bodyStart + 4, entry.end)
}

/** `drop`: the track goes, its samples are harmless. `wipe`: its samples go too. */
function judgeTrack(region: BoxRegion, trak: Box): 'keep' | 'drop' | 'wipe' {
  const hdlr = region.find(trak, 'mdia', 'hdlr')
  const handler = hdlr === null || hdlr.end - hdlr.bodyStart < 12 ? '' : region.type(hdlr.bodyStart + 8)
  if (handler === 'vide' || handler === 'soun') return 'keep'
  if (handler === 'tmcd') return 'drop'
  const stsd = region.find(trak, 'mdia', 'minf', 'stbl', 'stsd')
  if (handler !== 'meta' || stsd === null || stsd.end - stsd.bodyStart < 16) return 'wipe'
  // Apple's timed metadata lists the keys it holds: orientation, faces, live photo marks. Those stay where they lie.
  const isApple = region.type(stsd.bodyStart + 12) === 'mebx'
  const keys = Buffer.from(region.slice(stsd.bodyStart, stsd.end)).toString('latin1')
  return isApple && !/location|gps|iso6709/i.test(keys) ? 'drop' : 'wipe'
}

/** Of all that is said about the film, only a song's own words stay. */
async function scrubUserData(scrubber: Scrubber, region: BoxRegion, udta: Box): Promise<void> {
  const meta = region.find(udta, 'meta')
  const words = meta === null ? null : findWords(region, meta)
  if (meta === null || words === null) return blankBox(scrubber, udta)
  for (const box of region.boxes(udta.bodyStart, udta.end)) if (box.type !== 'meta') await blankBox(scrubber, box)
  for (const box of region.boxes(meta.bodyStart + 4, meta.end)) {
    if (box.type === 'hdlr') await scrubber.blank(box.bodyStart + handlerNameOffset, box.end)
    else if (box.start !== words.start) await blankBox(scrubber, box)
  }
  for (const word of region.boxes(words.bodyStart, words.end))
    if (!keptWords.has(word.type)) await blankBox(scrubber, word)
}

/** iTunes' list, which names its items by four letters; Apple's cameras number theirs and keep the names elsewhere. */
function findWords(region: BoxRegion, meta: Box): Box | null {
  const inside = { bodyStart: meta.bodyStart + 4, end: meta.end }
  const hdlr = region.find(inside, 'hdlr')
  const isItunes = hdlr !== null && hdlr.end - hdlr.bodyStart >= 12 && region.type(hdlr.bodyStart + 8) === 'mdir'
  return isItunes ? region.find(inside, 'ilst') : null
}
