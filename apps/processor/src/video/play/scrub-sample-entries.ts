// What the description of a track's samples says beside how they are decoded: with what they were encoded, and words.
// Called by scrub-iso for tracks that are played.
import type { Box, BoxRegion } from './boxes.ts'
import { handlerOf } from './judge-tracks.ts'
import { blankBox, fillers, setOf } from './scrub-boxes.ts'
import type { Scrubber } from './scrub.ts'

const words = setOf('udta uuid meta')

export async function scrubSampleEntries(scrubber: Scrubber, region: BoxRegion, trak: Box): Promise<void> {
  const stsd = region.find(trak, 'mdia', 'minf', 'stbl', 'stsd')
  if (stsd === null) return
  const isPicture = handlerOf(region, trak) === 'vide'
  for (const entry of region.boxes(stsd.bodyStart + 8, stsd.end)) {
    const fieldsEnd = entry.start + (isPicture ? pictureBytes : soundBytes(region, entry))
    if (fieldsEnd > entry.end) continue
    if (isPicture) await blankEncoder(scrubber, region, entry)
    for (const box of region.boxes(fieldsEnd, entry.end))
      if (words.has(box.type)) await blankBox(scrubber, box)
      else if (fillers.has(box.type)) await scrubber.blank(box.bodyStart, box.end)
  }
}

/** Fields in front of the boxes of an entry. ISO/IEC 14496-12, 12.1.3 and 12.2.3, and QuickTime's longer sounds. */
const pictureBytes = 86
const soundBytes = (region: BoxRegion, { start }: Box): number =>
  ({ 1: 52, 2: 72 })[region.uint32(start + 16) >>> 16] ?? 36

/** Decoders tell by these how the bytes are to be taken. */
const namesDecodersRead = ["Planar Y'CbCr 8-bit 4:2:0", 'Sorenson H263']

/** Its length in a byte, and the name, in 32 bytes. */
async function blankEncoder(scrubber: Scrubber, region: BoxRegion, { start }: Box): Promise<void> {
  const name = Buffer.from(region.slice(start + 51, start + 82)).toString('latin1')
  if (!namesDecodersRead.some((one) => name.startsWith(one))) await scrubber.blank(start + 50, start + 82)
}
