// What to overwrite in a FLAC file: pictures, application data and cue sheets become padding; of the words some stay.
import type { BlockSource } from '../video/reader/block-source.ts'
import { beginningBytes, Scrubber, type ScrubPlan } from '../video/play/scrub.ts'
import { scrubLeadingTags } from './scrub-id3.ts'
import { scrubVorbisComment } from './vorbis-comment.ts'

/** Types of metadata block (RFC 9639, 8.1). */
const blocks = { streamInfo: 0, padding: 1, application: 2, seekTable: 3, vorbisComment: 4 } as const

const blocksMax = 1024

export async function planFlacScrub(source: BlockSource): Promise<ScrubPlan> {
  const scrubber = new Scrubber(source)
  let at = await scrubLeadingTags(scrubber, source)
  const magic = await source.read(at, Math.min(source.bytes, at + 4))
  if (Buffer.from(magic).toString('latin1') !== 'fLaC') return { plan: 'damaged', detail: 'no fLaC mark' }
  at += 4
  for (let count = 0; count < blocksMax; count += 1) {
    if (at + 4 > source.bytes) return { plan: 'damaged', detail: 'ends inside its metadata' }
    const header = Buffer.from(await source.read(at, at + 4))
    const bodyStart = at + 4
    const end = bodyStart + header.readUIntBE(1, 3)
    if (end > source.bytes) return { plan: 'damaged', detail: 'ends inside its metadata' }
    const flags = header.readUInt8(0)
    const type = flags & 0x7f
    if (type === blocks.vorbisComment && end > bodyStart) {
      await scrubber.put(bodyStart, scrubVorbisComment(await source.read(bodyStart, end)))
    } else if (type !== blocks.streamInfo && type !== blocks.seekTable) {
      // Whose data it is stands before it.
      if (type === blocks.application && end > bodyStart + 4)
        await scrubber.search(bodyStart + 4, Math.min(end, bodyStart + 4 + beginningBytes))
      await scrubber.put(at, Uint8Array.of((flags & 0x80) | blocks.padding))
      await scrubber.blank(bodyStart, end)
    }
    at = end
    if ((flags & 0x80) !== 0) break
  }
  return { plan: 'patches', patches: scrubber.patches }
}
