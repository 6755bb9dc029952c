// What to overwrite in a FLAC file: pictures, application data and cue sheets become padding; of the words some stay.
import { findFlacEnds } from '../inspect/flac-ends.ts'
import type { BlockSource } from '../video/reader/block-source.ts'
import { beginningBytes, Scrubber, TooMuchToScrub, type ScrubPlan } from '../video/play/scrub.ts'
import { scrubLeadingTags } from './scrub-id3.ts'
import { scrubTagsBehind } from './scrub-tags-behind.ts'
import { scrubVorbisComment } from './vorbis-comment.ts'

/** Types of metadata block (RFC 9639, 8.1). */
export const flacBlocks = { streamInfo: 0, padding: 1, application: 2, seekTable: 3, vorbisComment: 4 } as const

const blocksMax = 1024

export async function planFlacScrub(source: BlockSource): Promise<ScrubPlan> {
  const scrubber = new Scrubber(source)
  const start = await scrubLeadingTags(scrubber, source)
  const magic = await source.read(start, Math.min(source.bytes, start + flacMark.length))
  if (Buffer.from(magic).toString('latin1') !== flacMark) return { plan: 'damaged', detail: 'no fLaC mark' }
  const from = await scrubFlacBlocks(scrubber, source, start + flacMark.length, source.bytes)
  if (from === null) return { plan: 'damaged', detail: 'ends inside its metadata' }
  const end = await scrubTagsBehind(scrubber, source, from)
  if (end > from) await scrubber.blank(await findSoundEnd(source, from, end), end)
  return { plan: 'patches', patches: scrubber.patches }
}

/** The largest frames, and words of nobody's behind them. Behind some sounds hangs more. */
const windowsBytes = [2 ** 20, 2 ** 23, 2 ** 26]

/** Where the last frame ends. Among several places where it may the last is taken, so that no sound is lost. */
async function findSoundEnd(source: BlockSource, from: number, limit: number): Promise<number> {
  for (const bytesMax of windowsBytes) {
    const start = Math.max(from, limit - bytesMax)
    const bytes = Buffer.from(await source.read(start, limit))
    const end = Math.max(...findFlacEnds(bytes))
    // A frame that was cut off has no end, and is sound all the same.
    const isCutOff = bytes[end] === 0xff && ((bytes[end + 1] ?? 0) & 0xfe) === 0xf8
    if (Number.isFinite(end)) return isCutOff ? limit : start + end
    if (start === from) return limit
  }
  throw new TooMuchToScrub('no frame near the end')
}

/** Before the blocks, in a file of its own and in Matroska. */
export const flacMark = 'fLaC'

/** Returns where the blocks end; null when they go further than the limit. */
export async function scrubFlacBlocks(
  scrubber: Scrubber,
  source: BlockSource,
  from: number,
  limit: number,
): Promise<number | null> {
  let at = from
  for (let count = 0; count < blocksMax && at < limit; count += 1) {
    if (at + 4 > limit) return null
    const header = Buffer.from(await source.read(at, at + 4))
    const bodyStart = at + 4
    const end = bodyStart + header.readUIntBE(1, 3)
    if (end > limit) return null
    const flags = header.readUInt8(0)
    const type = flags & 0x7f
    if (type === flacBlocks.vorbisComment && end > bodyStart) {
      await scrubber.put(bodyStart, scrubVorbisComment(await source.read(bodyStart, end)))
    } else if (type !== flacBlocks.streamInfo && type !== flacBlocks.seekTable) {
      // Whose data it is stands before it.
      if (type === flacBlocks.application && end > bodyStart + 4)
        await scrubber.search(bodyStart + 4, Math.min(end, bodyStart + 4 + beginningBytes))
      await scrubber.put(at, Uint8Array.of((flags & 0x80) | flacBlocks.padding))
      await scrubber.blank(bodyStart, end)
    }
    at = end
    if ((flags & 0x80) !== 0) break
  }
  return at
}
