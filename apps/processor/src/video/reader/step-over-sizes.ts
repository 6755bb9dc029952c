// Most of the header of a long film or sound says how large each of its samples is, and nothing that it is follows from
// that. Until a picture or the sound is wanted those sizes are not fetched, and read as zeros: their table keeps its
// place and its count, and all times stay what they are.
import { readBox, type Box } from '../play/boxes.ts'
import { findMoov } from '../play/movie-box.ts'
import type { ByteRange } from '../play/sample-ranges.ts'
import { blockBytes, type BlockSource, type ByteView } from './block-source.ts'

const KB = 1024
/** What is kept of a header, words and cover aside; one that is no larger is read whole: a read costs more than bytes. */
const keptBytesMax = 640 * KB
const sizesBytesMin = 256 * KB
const boxesMax = 1024
const path = ['trak', 'mdia', 'minf', 'stbl']
/** Version and flags, one size for all, how many there are (ISO/IEC 14496-12, 8.7.3.2). */
const fieldsBytes = 12

/** The source itself where nothing is stepped over. */
export async function stepOverSizes(source: BlockSource): Promise<ByteView> {
  const moov = await findAhead(source)
  if (moov === null || moov.end - moov.start <= keptBytesMax) return source
  const sizes = await findSizes(source, moov)
  if (sizes.length === 0) return source
  return { bytes: source.bytes, read: (start, end) => readAround(source, sizes, start, end) }
}

/** A header behind the film comes with what it begins with: the first tables may lie across two blocks. */
async function findAhead(source: BlockSource): Promise<Box | null> {
  await source.read(0, 1)
  source.readAheadBytes = 2 * blockBytes
  try {
    return await findMoov(source)
  } finally {
    source.readAheadBytes = 0
  }
}

/** In order; none of a header that is not as it should be, or too large without them. */
async function findSizes(source: BlockSource, moov: Box): Promise<ByteRange[]> {
  const found: ByteRange[] = []
  let [boxes, keptBytes] = [0, 0]
  async function walk(parent: Box, depth: number): Promise<boolean> {
    for (let at = parent.bodyStart; at + 8 <= parent.end;) {
      const box = readBox(await source.read(at, Math.min(parent.end, at + 16)), at, parent.end)
      boxes += 1
      if (box === null || box.end > parent.end || boxes > boxesMax) return false
      const [isTable, bytes] = [depth === path.length, box.end - box.start]
      if (box.type === path[depth]) {
        if (!(await walk(box, depth + 1))) return false
      } else if (isTable && box.type === 'stsz' && bytes >= sizesBytesMin) {
        found.push({ start: box.bodyStart + fieldsBytes, end: box.end })
      } else {
        keptBytes += isTable ? bytes : 0
        if (keptBytes > keptBytesMax) return false
        // In one read with what tells how large the next one is.
        await source.read(box.start, Math.min(parent.end, box.end + 16))
      }
      at = box.end
    }
    return true
  }
  return (await walk(moov, 0)) ? found : []
}

async function readAround(source: BlockSource, gaps: readonly ByteRange[], start: number, end: number) {
  const target = new Uint8Array(end - start)
  let at = start
  for (const gap of [...gaps, { start: end, end }]) {
    const until = Math.min(end, gap.start)
    if (at < until) target.set(await source.read(at, until), at - start)
    at = Math.max(at, gap.end)
  }
  return target
}
