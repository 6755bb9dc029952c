// What to overwrite behind the sound of an MP3, bare AAC, Ogg or FLAC: taggers put their tags there one behind another,
// and the oldest, ID3v1, always comes last. Of that one some words stay; all else is blanked.
import type { BlockSource } from '../video/reader/block-source.ts'
import type { Scrubber } from '../video/play/scrub.ts'
import { synchsafe, text } from './id3-words.ts'

const id3v1Bytes = 128
/** Of an ID3v1 tag: title, artist, album and year end here; then come 30 bytes of comment and one of genre. */
const commentOffset = 97
const tagsMax = 16

/** Returns where the sound ends at the latest. */
export async function scrubTagsBehind(scrubber: Scrubber, source: BlockSource, from: number): Promise<number> {
  let end = await scrubId3v1(scrubber, source, from)
  for (let count = 0; count < tagsMax; count += 1) {
    const start = await findTag(source, from, end)
    if (start === null) break
    await scrubber.blank(start, end)
    end = start
  }
  return end
}

async function scrubId3v1(scrubber: Scrubber, source: BlockSource, from: number): Promise<number> {
  const start = source.bytes - id3v1Bytes
  if (start < from) return source.bytes
  const tag = await source.read(start, source.bytes)
  if (text(tag, 0, 3) !== 'TAG') return source.bytes
  // The last two bytes of the comment may be a zero and a track number, which stay.
  const hasTrack = tag[125] === 0 && tag[126] !== 0
  await scrubber.blank(start + commentOffset, start + (hasTrack ? 125 : 127))
  return start
}

/** As long as the largest tag that says nothing of its length at its end: lyrics of 5100 bytes. */
const lookedAtBytes = 64 * 1024

/** Where the tag begins that ends here; null when none does. */
async function findTag(source: BlockSource, from: number, end: number): Promise<number | null> {
  const base = Math.max(from, end - lookedAtBytes)
  if (base >= end) return null
  const bytes = Buffer.from(await source.read(base, end))
  const behind = (count: number) => bytes.subarray(Math.max(0, bytes.length - count))
  const found = endings
    .map((measure) => measure(behind))
    .find((length) => length !== null && length > 0 && length <= end - from)
  if (found != null) return end - found
  const lyrics = behind(9).toString('latin1') === 'LYRICSEND' ? bytes.lastIndexOf('LYRICSBEGIN') : -1
  const start = lyrics >= 0 ? lyrics : findId3v2(bytes)
  return start < 0 ? null : base + start
}

/** How long a tag is, told by how it ends. */
const endings: readonly ((behind: (count: number) => Buffer) => number | null)[] = [
  // APEv1 and v2: the length counts all but the header, which a flag says is there.
  (behind) => {
    const footer = behind(32)
    if (footer.length < 32 || footer.toString('latin1', 0, 8) !== 'APETAGEX') return null
    return footer.readUInt32LE(12) + ((footer.readUInt32LE(20) & 0x8000_0000) === 0 ? 0 : 32)
  },
  // Lyrics3 v2: the length counts what stands before it.
  (behind) => {
    const [, digits] = /^(\d{6})LYRICS200$/.exec(behind(15).toString('latin1')) ?? []
    return digits === undefined ? null : Number(digits) + 15
  },
  // ID3v2.4 behind the sound: header, body, and the header once more with its name turned.
  (behind) => {
    const footer = behind(10)
    return footer.toString('latin1', 0, 3) === '3DI' ? synchsafe(footer, 6) + 20 : null
  },
  // What has no room in ID3v1.
  (behind) => (behind(227).toString('latin1', 0, 4) === 'TAG+' ? 227 : null),
]

/** ID3v2 that should have stood in front: its length leads right to the end. */
function findId3v2(bytes: Buffer): number {
  for (let at = bytes.lastIndexOf('ID3'); at >= 0; at = at === 0 ? -1 : bytes.lastIndexOf('ID3', at - 1))
    if (at + 10 <= bytes.length && at + 10 + synchsafe(bytes, at + 6) === bytes.length) return at
  return -1
}
