// Which boxes of an MP4 or QuickTime header playing needs, and how the others are emptied where they stand. Called by
// scrub-iso for the movie's header, by scrub-fragments for those of fragments.
import type { Box, BoxRegion } from './boxes.ts'
import { beginningBytes, type Scrubber } from './scrub.ts'

export const setOf = (names: string): ReadonlySet<string> => new Set(names.split(' '))

/** Boxes that mean nothing; what hides in them is blanked. */
export const fillers = setOf('free skip wide')

/** Children that playing needs, by the box they stand in. */
const kept: Readonly<Record<string, ReadonlySet<string>>> = {
  moov: setOf('mvhd trak mvex iods'),
  mvex: setOf('mehd trex trep leva'),
  trak: setOf('tkhd tref edts mdia tapt'),
  tapt: setOf('clef prof enof'),
  edts: setOf('elst'),
  mdia: setOf('mdhd hdlr elng minf'),
  minf: setOf('vmhd smhd gmhd nmhd hdlr dinf stbl'),
  gmhd: setOf('gmin'),
  dinf: setOf('dref'),
  stbl: setOf('stsd stts stss ctts cslg stsc stsz stz2 stco co64 sdtp sbgp sgpd subs saiz saio stps padb'),
  moof: setOf('mfhd traf'),
  traf: setOf('tfhd tfdt trun sdtp sbgp sgpd subs saiz saio senc'),
  mfra: setOf('tfra mfro'),
}

/**
 * The boxes between two offsets. One that claims more than its parent holds ends with it, as players take it; what is
 * no box at all is blanked.
 */
export async function* boxesIn(scrubber: Scrubber, region: BoxRegion, start: number, end: number): AsyncGenerator<Box> {
  for (let at = start; at < end;) {
    scrubber.countBox()
    const box = region.boxAt(at, end)
    if (box === null) return blankRest(scrubber, at, end)
    yield box
    at = box.end
  }
}

/** Keeps what playing needs of a box and goes on inside; blanks the rest. */
export async function scrubChildren(scrubber: Scrubber, region: BoxRegion, parent: Box): Promise<void> {
  for await (const box of boxesIn(scrubber, region, parent.bodyStart, parent.end))
    await scrubUnlessKept(scrubber, region, box, parent.type)
}

export async function scrubUnlessKept(
  scrubber: Scrubber,
  region: BoxRegion,
  box: Box,
  parentType: string,
): Promise<void> {
  if (fillers.has(box.type)) await scrubber.blank(box.bodyStart, box.end)
  else if (kept[parentType]?.has(box.type) === false) await blankBox(scrubber, box)
  else if (box.type === 'hdlr') await scrubber.blank(box.bodyStart + handlerNameOffset, box.end)
  else if (box.type === 'dref') await scrubDataReferences(scrubber, region, box)
  else if (box.type in kept) await scrubChildren(scrubber, region, box)
}

/** Version and flags, a reserved word, the handler's type, three reserved words; then its name, often a device's. */
export const handlerNameOffset = 24

/** QuickTime notes here the path of the file on the disk it was cut on. */
async function scrubDataReferences(scrubber: Scrubber, region: BoxRegion, dref: Box): Promise<void> {
  for await (const entry of boxesIn(scrubber, region, dref.bodyStart + 8, dref.end))
    await scrubber.blank(entry.bodyStart + 4, entry.end)
}

/** What phones and editors leave behind the last box is often no box itself. */
export async function blankRest(scrubber: Scrubber, start: number, end: number): Promise<void> {
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
export async function blankBox(scrubber: Scrubber, box: Box): Promise<void> {
  // Its name has 16 bytes, and what matters begins behind them.
  if (box.type === 'uuid' && box.end > box.bodyStart + 16) await scrubber.search(box.bodyStart + 16, box.end)
  await scrubber.put(box.start + 4, free)
  await scrubber.blank(box.bodyStart, box.end)
}
