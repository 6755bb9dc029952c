// Sounds made to be slow: headers of a hundred thousand empty parts, over each of which a parser thinks. Whoever reads a
// sound asks here first; what is counted lies in the first blocks of the file, which are read anyway.
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import { blockBytes, type BlockSource } from '../video/reader/block-source.ts'

/** Recorders and taggers write a dozen. */
export const partsMax = 4096

const headerBytes = 10

/** How long the part is that begins with these bytes; null where the sound itself does, or nothing that is known. */
type Measure = (header: Buffer) => number | null

const measureTag: Measure = (header) =>
  header.toString('latin1', 0, 3) === 'ID3'
    ? header.subarray(6, 10).reduce((size, byte) => (size << 7) | (byte & 0x7f), 0) + 10
    : null

const isLastBlock = 0x80
const measureBlock: Measure = (header) =>
  (header.readUInt8(0) & isLastBlock) === 0 ? header.readUIntBE(1, 3) + 4 : null

const measureChunk =
  (isBigEndian: boolean): Measure =>
  (header) => {
    const size = isBigEndian ? header.readUInt32BE(4) : header.readUInt32LE(4)
    return header.toString('latin1', 0, 4) === 'data' ? null : 8 + size + (size % 2)
  }

/** Magic, length, magic. */
const riffHeaderBytes = 12
const flacMagicBytes = 4

export async function hasTooManyParts(type: TimedType, source: BlockSource): Promise<boolean> {
  if (type === 'audio/wav') {
    const magic = source.bytes < riffHeaderBytes ? '' : Buffer.from(await source.read(0, 4)).toString('latin1')
    return (await countParts(source, riffHeaderBytes, measureChunk(magic === 'RIFX'))).parts > partsMax
  }
  if (!['audio/mpeg', 'audio/flac', 'audio/mp4'].includes(type)) return false
  const tags = await countParts(source, 0, measureTag)
  if (tags.parts > partsMax || type !== 'audio/flac') return tags.parts > partsMax
  return (await countParts(source, tags.end + flacMagicBytes, measureBlock)).parts > partsMax
}

/** Stops behind a part that is no small one: there are not many of those. */
async function countParts(source: BlockSource, from: number, measure: Measure) {
  let [at, parts] = [from, 0]
  while (parts <= partsMax && at + headerBytes <= source.bytes) {
    const length = measure(Buffer.from(await source.read(at, at + headerBytes)))
    if (length === null) break
    at += length
    parts += 1
    if (length > blockBytes) break
  }
  return { end: at, parts }
}
