// Most of the header of a long film or sound is tables with an entry for each of its samples, of which one thing that it
// is follows: when the first sample is shown. Until a picture or the sound is wanted they are not fetched; what is read
// in their place are tables of that sample alone.
import { readBox, type Box } from '../play/boxes.ts'
import { findMoov } from '../play/movie-box.ts'
import { blockBytes, type BlockSource, type ByteView } from './block-source.ts'

const KB = 1024
/** A header that is no larger is read whole: a read costs more than bytes. */
const headerBytesMax = 640 * KB
const tablesBytesMin = 192 * KB
const boxesMax = 1024
const path = ['trak', 'mdia', 'minf', 'stbl'] as const

/** What the boxes in an `stbl` read as; zeros from where it ends. */
type StandIn = { readonly start: number; readonly end: number; readonly bytes: Uint8Array }

/** The source itself where nothing is stepped over. */
export async function stepOverTables(source: BlockSource): Promise<ByteView> {
  await source.read(0, 1)
  // What a track begins with may lie across two blocks.
  source.readAheadBytes = 2 * blockBytes
  try {
    const moov = await findMoov(source)
    if (moov === null || moov.end - moov.start <= headerBytesMax) return source
    const standIns = await findStandIns(source, moov)
    if (standIns.length === 0) return source
    return { bytes: source.bytes, read: (start, end) => readAround(source, standIns, start, end) }
  } finally {
    source.readAheadBytes = 0
  }
}

/** In order; none in a header that is not as it should be. */
async function findStandIns(source: BlockSource, moov: Box): Promise<StandIn[]> {
  const found: StandIn[] = []
  let boxes = 0
  async function walk(parent: Box, depth: number): Promise<boolean> {
    for (let at = parent.bodyStart; at + 8 <= parent.end;) {
      const box = await readBoxAt(source, at, parent)
      boxes += 1
      if (box === null || boxes > boxesMax) return false
      const isOnPath = box.type === path[depth]
      if (isOnPath && depth < path.length - 1) {
        if (!(await walk(box, depth + 1))) return false
      } else if (isOnPath && box.end - box.start >= tablesBytesMin) {
        const bytes = await makeStandIn(source, box)
        if (bytes === null) return false
        found.push({ start: box.bodyStart, end: box.end, bytes })
      } else {
        // In one read with what tells how large the next one is.
        await source.read(box.start, Math.min(parent.end, box.end + 16))
      }
      at = box.end
    }
    return true
  }
  return (await walk(moov, 0)) ? found : []
}

/** Null where it goes on behind what it lies in. */
async function readBoxAt(source: BlockSource, at: number, { end }: Box): Promise<Box | null> {
  const box = readBox(await source.read(at, Math.min(end, at + 16)), at, end)
  return box === null || box.end > end ? null : box
}

/** Every muxer writes them in this order: how long samples are, which are key frames, these. */
const lastNeeded = new Set(['ctts', 'stsc', 'stsz', 'stz2', 'stco', 'co64'])

/** Null where none of them comes. */
async function makeStandIn(source: BlockSource, stbl: Box): Promise<Uint8Array | null> {
  const kept: Uint8Array[] = []
  for (let at = stbl.bodyStart; at + 8 <= stbl.end;) {
    const box = await readBoxAt(source, at, stbl)
    if (box === null) return null
    if (box.type === 'stsd') kept.push(await source.read(box.start, box.end))
    if (box.type === 'ctts' && box.end - box.bodyStart >= 16) {
      const first = Buffer.from(await source.read(box.bodyStart + 8, box.bodyStart + 16))
      kept.push(makeTable('ctts', 1, first.readUInt32BE(0), first.readUInt32BE(4)))
    }
    if (lastNeeded.has(box.type)) return fill(stbl, [...kept, ...tablesOfOne])
    at = box.end
  }
  return null
}

/** A table of 32-bit numbers behind version and flags, by ISO/IEC 14496-12, 8.6 and 8.7. */
function makeTable(type: string, ...numbers: readonly number[]): Buffer {
  const table = Buffer.alloc(12 + 4 * numbers.length)
  table.writeUInt32BE(table.length)
  table.write(type, 4, 'latin1')
  numbers.forEach((number, n) => table.writeUInt32BE(number, 12 + 4 * n))
  return table
}

/** One sample, of one byte, one unit of time long, in a chunk of its own. */
const tablesOfOne = [
  makeTable('stts', 1, 1, 1),
  makeTable('stsc', 1, 1, 1, 1),
  makeTable('stsz', 1, 1),
  makeTable('stco', 1, 0),
]

/** With `free` up to the end; null where they need more room. */
function fill({ bodyStart, end }: Box, tables: readonly Uint8Array[]): Uint8Array | null {
  const free = Buffer.from('\0\0\0\0free', 'latin1')
  const tablesBytes = tables.reduce((sum, { length }) => sum + length, 0)
  const freeBytes = end - bodyStart - tablesBytes
  if (freeBytes < free.length) return null
  free.writeUInt32BE(freeBytes)
  return Buffer.concat([...tables, free])
}

async function readAround(source: BlockSource, standIns: readonly StandIn[], start: number, end: number) {
  const target = new Uint8Array(end - start)
  let at = start
  for (const standIn of [...standIns, { start: end, end, bytes: new Uint8Array() }]) {
    const until = Math.min(end, standIn.start)
    if (at < until) target.set(await source.read(at, until), at - start)
    at = Math.max(at, until)
    if (at < end) target.set(standIn.bytes.subarray(at - standIn.start, end - standIn.start), at - start)
    at = Math.max(at, standIn.end)
  }
  return target
}
