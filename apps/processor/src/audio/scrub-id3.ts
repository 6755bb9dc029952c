// What to overwrite in MP3 and bare AAC: the tags at both ends, and whatever is no sound between them. Frames of a tag that
// stay are left where they are; the others become private frames of zeros, since ID3 has no padding between frames.
import type { BlockSource } from '../video/reader/block-source.ts'
import { beginningBytes, Scrubber, type ScrubPlan } from '../video/play/scrub.ts'
import { synchsafe, text } from './id3-words.ts'
import { keptId3Frames } from './kept-words.ts'
import { scrubBetweenFrames } from './scrub-between-frames.ts'
import { scrubTagsBehind } from './scrub-tags-behind.ts'

const tagBytesMax = 64 * 1024 * 1024
const tagsMax = 8
/** What stands behind more of them is taken for padding. */
const framesMax = 2 ** 14

export async function planId3Scrub(source: BlockSource): Promise<ScrubPlan> {
  const scrubber = new Scrubber(source)
  const from = await scrubLeadingTags(scrubber, source)
  await scrubBetweenFrames(scrubber, source, { from, end: await scrubTagsBehind(scrubber, source, from) })
  return { plan: 'patches', patches: scrubber.patches }
}

/** Returns where they end: a tagger that does not see the last one's tag puts its own before it. */
export async function scrubLeadingTags(scrubber: Scrubber, source: BlockSource): Promise<number> {
  let at = 0
  for (let count = 0; count < tagsMax; count += 1) {
    const end = await scrubId3v2(scrubber, source, at)
    if (end === null) break
    at = end
  }
  return at
}

/** Returns where the tag ends, or null when none begins here. */
export async function scrubId3v2(scrubber: Scrubber, source: BlockSource, at: number): Promise<number | null> {
  if (at + 10 > source.bytes) return null
  const header = await source.read(at, at + 10)
  if (text(header, 0, 3) !== 'ID3') return null
  const [version = 0, flags = 0] = [header[3], header[5]]
  const hasFooter = version === 4 && (flags & 0x10) !== 0
  const bodyEnd = Math.min(source.bytes, at + 10 + synchsafe(header, 6))
  if (bodyEnd - at > tagBytesMax) throw new RangeError('an ID3 tag is too large')
  // Unsynchronised, compressed and extended tags are rare: nothing of them is kept.
  if ((flags & 0xe0) !== 0 || version < 2 || version > 4) await scrubber.blank(at + 10, bodyEnd)
  else if (bodyEnd > at + 10) await scrubFrames(scrubber, await source.read(at + 10, bodyEnd), at + 10, version)
  return Math.min(source.bytes, bodyEnd + (hasFooter ? 10 : 0))
}

async function scrubFrames(scrubber: Scrubber, tag: Uint8Array, base: number, version: number): Promise<void> {
  const nameBytes = version === 2 ? 3 : 4
  const headerBytes = version === 2 ? 6 : 10
  let at = 0
  for (let count = 0; count < framesMax && at + headerBytes < tag.length && tag[at] !== 0; count += 1) {
    const name = text(tag, at, at + nameBytes)
    const size = frameSize(tag, at, version)
    const bodyStart = at + headerBytes
    if (!/^[A-Z0-9]+$/.test(name) || bodyStart + size > tag.length) break
    // Format flags mean that the body is compressed, encrypted or grouped: not plain words.
    const isPlain = version === 2 || tag[at + 9] === 0
    if (!keptId3Frames.has(name) || !isPlain) {
      await scrubber.put(base + at, Buffer.from(version === 2 ? 'XXX' : 'PRIV', 'latin1'))
      if (version !== 2) await scrubber.put(base + at + 8, new Uint8Array(2))
      await searchBehindWords(scrubber, tag, { base, start: bodyStart, end: bodyStart + size })
      await scrubber.blank(base + bodyStart, base + bodyStart + size)
    }
    at = bodyStart + size
  }
  // Padding, or whatever stands where no frame can be read.
  await scrubber.blank(base + at, base + tag.length)
}

/** An owner, or a MIME type, a name and a description, each ending in a zero, stand before what a frame carries. */
const leadsMax = 4

type Body = { readonly base: number; readonly start: number; readonly end: number }

async function searchBehindWords(scrubber: Scrubber, tag: Uint8Array, { base, start, end }: Body): Promise<void> {
  for (let at = start, count = 0; count < leadsMax; count += 1) {
    at = tag.indexOf(0, at) + 1
    if (at === 0 || at >= end) return
    await scrubber.search(base + at, base + Math.min(end, at + beginningBytes))
  }
}

function frameSize(tag: Uint8Array, at: number, version: number): number {
  const view = new DataView(tag.buffer, tag.byteOffset, tag.byteLength)
  if (version === 2) return view.getUint16(at + 3) * 256 + view.getUint8(at + 5)
  if (version === 3) return view.getUint32(at + 4)
  const lengths = [synchsafe(tag, at + 4), view.getUint32(at + 4)] as const
  // iTunes once wrote 2.4 tags with plain lengths: the one that leads to another frame, or to the end, is right. Zeros may
  // be padding or what was blanked.
  return (
    lengths.find((size) => leadsOn(tag, at + 10 + size)) ??
    lengths.find((size) => tag[at + 10 + size] === 0) ??
    lengths[0]
  )
}

const leadsOn = (tag: Uint8Array, at: number): boolean =>
  at === tag.length || /^[A-Z0-9]{4}$/.test(text(tag, at, at + 4))
