// How long an Ogg file of one stream is: each page says how many samples have been heard behind it (RFC 3533, 6).
import type { BlockSource } from '../video/reader/block-source.ts'
import type { OggLink } from './find-ogg-links.ts'
import { findOggPage, granuleOf, pageBytesMax, readOggPage } from './ogg-pages.ts'

/** Opus is counted at this rate whatever it was recorded at, from before what its decoder leaves out (RFC 7845, 4 and 5.1). */
const opusRateHz = 48_000
const opusSkipOffset = 10

export type OggSound = { readonly codec: string; readonly sampleRateHz: number }

/** In seconds; null where the last page is of another stream than the first, or ends no packet. */
export async function findOggEnd(
  source: BlockSource,
  { start, end }: OggLink,
  sound: OggSound,
): Promise<number | null> {
  const tail = Math.max(start, end - 2 * pageBytesMax)
  const last = findOggPage(Buffer.from(await source.read(tail, end)), tail, 'last')
  const first = await readOggPage(source, start)
  if (first === null || last === null || last.serial !== first.serial) return null
  const samples = granuleOf(last)
  if (samples === null) return null
  if (sound.codec !== 'opus') return samples / sound.sampleRateHz
  return (samples - first.bytes.readUInt16LE(first.bodyOffset + opusSkipOffset)) / opusRateHz
}
