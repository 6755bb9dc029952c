// What to overwrite in a WAV file: every chunk that is not the sound itself becomes `JUNK`; of an INFO list some words
// stay. Broadcast WAV keeps names, places and devices in chunks of its own.
import type { BlockSource } from '../video/reader/block-source.ts'
import { Scrubber, type ScrubPlan } from '../video/play/scrub.ts'
import { keptInfoChunks } from './kept-words.ts'

const keptChunks = new Set(['fmt ', 'data', 'fact', 'ds64'])
/** A count of samples; four bytes in most files, and a few more in some. */
const factBytesMax = 16
const chunksMax = 4096
const junk = Buffer.from('JUNK', 'latin1')

type Chunk = { readonly name: string; readonly start: number; readonly bodyStart: number; readonly end: number }

export async function planWavScrub(source: BlockSource): Promise<ScrubPlan> {
  const scrubber = new Scrubber(source)
  if (source.bytes < 12) return { plan: 'damaged', detail: 'no RIFF header' }
  const header = Buffer.from(await source.read(0, 12))
  const isBigEndian = header.toString('latin1', 0, 4) === 'RIFX'
  const stated = 8 + (isBigEndian ? header.readUInt32BE(4) : header.readUInt32LE(4))
  // Cut-off recordings say 0, files beyond 4 GB say the most they can.
  const end = stated > 12 && stated < 0xffff_ffff ? Math.min(stated + (stated % 2), source.bytes) : source.bytes
  let dataBytes: number | null = null
  let at = 12
  for (let count = 0; at + 8 <= end; count += 1) {
    if (count > chunksMax) return { plan: 'unsafe', detail: 'too many chunks' }
    const stored = await readChunk(source, at, source.bytes, isBigEndian)
    if (stored.name === 'ds64' && stored.end >= stored.bodyStart + 16)
      dataBytes = Number(Buffer.from(await source.read(stored.bodyStart, stored.end)).readBigUInt64LE(8))
    const chunk =
      stored.name === 'data' && dataBytes !== null
        ? { ...stored, end: Math.min(source.bytes, stored.bodyStart + dataBytes) }
        : stored
    if (chunk.name === 'LIST') await scrubList(scrubber, source, chunk, isBigEndian)
    else if (!keptChunks.has(chunk.name) || (chunk.name === 'fact' && chunk.end - chunk.bodyStart > factBytesMax))
      await blankChunk(scrubber, chunk)
    else if (chunk.name !== 'data') await scrubber.searchThrough(chunk.bodyStart, chunk.end)
    // A recorder that was cut off leaves a length that says nothing: the rest is sound.
    if (chunk.name === 'data' && (chunk.end >= source.bytes || chunk.end === chunk.bodyStart))
      return { plan: 'patches', patches: scrubber.patches }
    at = chunk.end + ((chunk.end - chunk.bodyStart) % 2)
  }
  // A length that is wrong must not cost the sound that lies beyond it.
  if (at >= end) await scrubber.blank(at, source.bytes)
  return { plan: 'patches', patches: scrubber.patches }
}

async function readChunk(source: BlockSource, at: number, limit: number, isBigEndian: boolean): Promise<Chunk> {
  const header = Buffer.from(await source.read(at, at + 8))
  const size = isBigEndian ? header.readUInt32BE(4) : header.readUInt32LE(4)
  return { name: header.toString('latin1', 0, 4), start: at, bodyStart: at + 8, end: Math.min(limit, at + 8 + size) }
}

async function blankChunk(scrubber: Scrubber, chunk: Chunk): Promise<void> {
  await scrubber.put(chunk.start, junk)
  await scrubber.blank(chunk.bodyStart, chunk.end)
}

async function scrubList(scrubber: Scrubber, source: BlockSource, list: Chunk, isBigEndian: boolean): Promise<void> {
  const kind =
    list.end - list.bodyStart < 4
      ? ''
      : Buffer.from(await source.read(list.bodyStart, list.bodyStart + 4)).toString('latin1')
  if (kind !== 'INFO') return blankChunk(scrubber, list)
  let at = list.bodyStart + 4
  for (let count = 0; at + 8 <= list.end && count < chunksMax; count += 1) {
    const chunk = await readChunk(source, at, list.end, isBigEndian)
    if (!keptInfoChunks.has(chunk.name)) await blankChunk(scrubber, chunk)
    at = chunk.end + ((chunk.end - chunk.bodyStart) % 2)
  }
}
