// B2: how much of an upload is read until its type is known: counted, not timed, and the worst of several samples of
// each type. Images only, for now.
import { allowedImages } from '@shoebox/testing/samples/allowed.ts'
import { mediaTypes, type MediaType } from '@shoebox/shared/media/kinds.ts'
import { detectType } from '@shoebox/processor/src/inspect/detect-type.ts'
import { blockBytes, RangedTokenizer } from '@shoebox/processor/src/inspect/ranged-tokenizer.ts'
import type { BenchLine, BenchRow } from '../bench-row.ts'

const MB = 2 ** 20

/** The size to which each sample is thought to go on; only what is asked for of it is ever made. */
const bytesByKind = { image: 50 * MB, video: 2048 * MB, audio: 200 * MB } as const

/** Bytes from the beginning that hold the shortest header which settles the type. */
const headerBytes: Partial<Record<MediaType, number>> = {
  'image/jpeg': 3,
  'image/png': 8,
  'image/gif': 6,
  'image/webp': 12,
  'image/avif': 12,
  'image/tiff': 4,
}

type Reading = { reads: number; bytes: number }

/** Detects a file that begins with the sample and goes on with zeros. */
async function countReads(sample: Buffer, bytes: number, expected: MediaType): Promise<Reading> {
  const reading: Reading = { reads: 0, bytes: 0 }
  const tokenizer = new RangedTokenizer(bytes, async (start, endInclusive) => {
    const part = Buffer.alloc(endInclusive + 1 - start)
    sample.copy(part, 0, start)
    reading.reads += 1
    reading.bytes += part.length
    return part
  })
  const verdict = await detectType(tokenizer)
  if (!verdict.ok || verdict.value !== expected) throw new Error(`${expected} was not recognised`)
  return reading
}

async function run(): Promise<BenchLine[]> {
  const lines: BenchLine[] = []
  const samples = allowedImages
  for (const type of mediaTypes) {
    const bodies = await Promise.all(samples.filter((sample) => sample.type === type).map(({ make }) => make()))
    if (bodies.length === 0) continue
    const kind = type.startsWith('image') ? 'image' : type.startsWith('video') ? 'video' : 'audio'
    const bytes = bytesByKind[kind]
    const readings = await Promise.all(bodies.map((body) => countReads(body, bytes, type)))
    const work = `${type}, ${bytes / MB} MB`
    const floor = headerBytes[type]
    const comparisons = [
      { against: 'peer: download the file', value: bytes },
      ...(floor === undefined ? [] : [{ against: 'floor: the deciding header', value: floor }]),
    ]
    const worst = (measure: keyof Reading) => Math.max(...readings.map((reading) => reading[measure]))
    lines.push({ work, measure: 'reads', ours: worst('reads'), comparisons: [], oursMax: kind === 'image' ? 1 : 5 })
    lines.push({
      work,
      measure: 'bytes',
      ours: worst('bytes'),
      comparisons,
      oursMax: kind === 'image' ? blockBytes : MB,
    })
  }
  return lines
}

export const row: BenchRow = { id: 'B2', name: 'detection', title: 'bytes and reads until the type is known', run }
