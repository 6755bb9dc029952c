// B2: how much of an upload is read until it is known what it is: counted, not timed. Of pictures their type, the worst
// of several samples of each; of films and sounds also tracks, length and size, on the largest that are let in. What
// follows is not counted: a picture's body, a film's poster and captions, a sound's waveform.
import { allowedImages } from '@shoebox/testing/samples/allowed.ts'
import { largeFilms } from '@shoebox/testing/samples/time-based/large-films.ts'
import type { RangedFile } from '@shoebox/testing/samples/time-based/sparse-file.ts'
import { bytesMaxByKind, kindOf, mediaTypes, type MediaType } from '@shoebox/shared/media/kinds.ts'
import { headBytes, isTimed, type TimedType } from '@shoebox/shared/messages/video.schema.ts'
import { hasTooManyParts } from '@shoebox/processor/src/audio/has-too-many-parts.ts'
import { detectType } from '@shoebox/processor/src/inspect/detect-type.ts'
import { findHiddenInStream } from '@shoebox/processor/src/inspect/find-hidden-in-stream.ts'
import { blockBytes, RangedTokenizer } from '@shoebox/processor/src/inspect/ranged-tokenizer.ts'
import { BlockSource, type FetchRange } from '@shoebox/processor/src/video/reader/block-source.ts'
import type { MediaFacts } from '@shoebox/processor/src/video/reader/media-reading.ts'
import { probeBudget } from '@shoebox/processor/src/video/reader/open-media.ts'
import { probeMedia } from '@shoebox/processor/src/video/reader/probe-media.ts'
import { probeWithFfmpeg } from '@shoebox/processor/src/video/reader/probe-with-ffmpeg.ts'
import type { BenchLine, BenchRow } from '../bench-row.ts'
import { longFilmsAndSounds, type WorstFile } from '../corpus/make-worst.ts'

const MB = 2 ** 20

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

/** Writes down what is asked for of a file. */
function count(file: RangedFile) {
  const reading: Reading = { reads: 0, bytes: 0 }
  const fetch: FetchRange = async (start, end) => {
    reading.reads += 1
    reading.bytes += end - start
    return file.read(start, end)
  }
  return { reading, fetch }
}

async function detect(file: RangedFile, fetch: FetchRange, expected: MediaType): Promise<RangedTokenizer> {
  const tokenizer = new RangedTokenizer(file.bytes, (start, endInclusive) => fetch(start, endInclusive + 1))
  const verdict = await detectType(tokenizer)
  if (!verdict.ok || verdict.value !== expected) throw new Error(`${expected} was not recognised`)
  return tokenizer
}

/** A picture that begins with the sample and goes on with zeros. */
async function readImage(sample: Buffer, type: MediaType): Promise<Reading> {
  const file = {
    bytes: bytesMaxByKind.image,
    read: (start: number, end: number) => Buffer.concat([sample.subarray(start, end)], end - start),
  }
  const { reading, fetch } = count(file)
  await detect(file, fetch, type)
  return reading
}

async function measureImages(type: MediaType): Promise<BenchLine[]> {
  const samples = allowedImages.filter((sample) => sample.type === type)
  if (samples.length === 0) throw new Error(`no sample of ${type}`)
  const readings = await Promise.all(samples.map(async ({ make }) => readImage(await make(), type)))
  const worst = (measure: keyof Reading) => Math.max(...readings.map((reading) => reading[measure]))
  const floor = headerBytes[type]
  const comparisons = floor === undefined ? [] : [{ against: 'floor: the deciding header', value: floor }]
  const reading = { reads: worst('reads'), bytes: worst('bytes') }
  return describe(type, bytesMaxByKind.image, reading, { reads: 1, bytes: blockBytes }, comparisons)
}

/** As the two Lambdas do it, one after the other: the second is told what the file begins with. */
async function measureTimed(name: string, type: TimedType, file: RangedFile): Promise<BenchLine[]> {
  const { reading, fetch } = count(file)
  const tokenizer = await detect(file, fetch, type)
  const hidden = await findHiddenInStream(tokenizer, type, async function* () {
    yield await fetch(0, file.bytes)
  })
  if (hidden !== null) throw new Error(`${name} hides ${hidden}`)
  const head = (await tokenizer.block(0)).subarray(0, headBytes)
  const { durationMs } = await probe(file, fetch, type, head)
  const unknown = durationMs === null ? ': its length stays unknown' : ''
  return describe(`${type}: ${name}${unknown}`, file.bytes, reading, { reads: 5, bytes: MB })
}

/** As the reader does it; see reader.child.ts. */
async function probe(file: RangedFile, fetch: FetchRange, type: TimedType, head: Uint8Array): Promise<MediaFacts> {
  const source = new BlockSource(file.bytes, fetch, probeBudget, head)
  await hasTooManyParts(type, source)
  const opened = await probeMedia(source, type)
  const found = opened.ok ? opened : await probeWithFfmpeg(new BlockSource(file.bytes, fetch, probeBudget), type)
  if (!found.ok) throw new Error(found.refusal.detail)
  found.value.close()
  return found.value.facts
}

function describe(
  what: string,
  fileBytes: number,
  reading: Reading,
  max: Reading,
  floor: BenchLine['comparisons'] = [],
): BenchLine[] {
  const work = `${what}, ${Math.round(fileBytes / MB).toLocaleString('en')} MB`
  const comparisons = [{ against: 'peer: download the file', value: fileBytes }, ...floor]
  return [
    { work, measure: 'reads', ours: reading.reads, comparisons: [], oursMax: max.reads },
    { work, measure: 'bytes', ours: reading.bytes, comparisons, oursMax: max.bytes },
  ]
}

const inMemory = ({ name, type, make }: WorstFile) => ({
  name,
  type,
  async make(): Promise<RangedFile> {
    const body = await make()
    return { bytes: body.length, read: (start, end) => body.subarray(start, end) }
  },
})

async function run(say: (progress: string) => void): Promise<BenchLine[]> {
  const lines: BenchLine[] = []
  for (const type of mediaTypes.filter((candidate) => kindOf(candidate) === 'image')) {
    lines.push(...(await measureImages(type)))
  }
  for (const { name, type, make } of [...largeFilms, ...longFilmsAndSounds.map(inMemory)]) {
    say(name)
    if (isTimed(type)) lines.push(...(await measureTimed(name, type, await make())))
  }
  return lines
}

export const row: BenchRow = {
  id: 'B2',
  name: 'detection',
  title: 'bytes and reads until it is known what a file is',
  run,
}
