// The files here are short ones whose table of sizes goes on behind their last sample, as long as that of two hours.
import { afterAll, describe, expect, test } from 'vitest'
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import * as films from '@shoebox/testing/samples/time-based/films.ts'
import * as sounds from '@shoebox/testing/samples/time-based/sounds.ts'
import { blockBytes, BlockSource, type FetchRange } from './block-source.ts'
import { probeBudget } from './open-media.ts'
import { probeMedia } from './probe-media.ts'
import { createReader } from './reader-process.ts'
import { stepOverTables } from './step-over-tables.ts'

const reader = createReader({ entry: new URL('./reader.child.ts', import.meta.url), env: {} })
afterAll(reader.stop)

const [KB, MB] = [2 ** 10, 2 ** 20]
const longBytes = 900 * KB
const tablesPath = ['moov', 'trak', 'mdia', 'minf', 'stbl']
const sizesPath = [...tablesPath, 'stsz']

/** Where the boxes of a path begin, each the first of its name in the one before. */
function findBoxes(file: Buffer, [first = '', ...names]: readonly string[], from = 0): number[] {
  const found = [file.lastIndexOf(first, undefined, 'latin1')]
  for (const name of names) found.push(file.indexOf(name, Math.max(from, found.at(-1) ?? 0), 'latin1'))
  return found.map((at) => at - 4)
}

/** The last box of a path with so many more bytes at its end, and all around it. */
function grow(file: Buffer, path: readonly string[], bytes: number, from = 0): Buffer {
  const boxes = findBoxes(file, path, from)
  const box = boxes.at(-1) ?? 0
  const end = box + file.readUInt32BE(box)
  const grown = Buffer.concat([file.subarray(0, end), Buffer.alloc(bytes, 1), file.subarray(end)])
  for (const at of boxes) grown.writeUInt32BE(grown.readUInt32BE(at) + bytes, at)
  return grown
}

function growSizes(file: Buffer, bytes = longBytes, from = 0): Buffer {
  const grown = grow(file, sizesPath, bytes, from)
  const countAt = (findBoxes(grown, sizesPath, from).at(-1) ?? 0) + 16
  grown.writeUInt32BE(grown.readUInt32BE(countAt) + bytes / 4, countAt)
  return grown
}

/** Pictures are shown in another order than they are stored in. */
const shuffled = { ...films.h264, options: { ...films.h264.options, bf: 2 } }
const makeSilent = (options: Record<string, string> = {}) => films.makeMp4({ streams: [films.h264], options })
const makeShuffled = (options: Record<string, string | number> = {}) => films.makeMp4({ streams: [shuffled], options })

/** Two tracks, both with a long table. */
async function makeTwice(): Promise<Buffer> {
  const film = growSizes(await films.makeMp4())
  return growSizes(film, longBytes, film.lastIndexOf('trak', undefined, 'latin1'))
}

/** Entries behind the last sample are not of any. */
const growTable = (name: string) => (file: Buffer) => grow(file, [...tablesPath, name], longBytes)

/** Throws where a block is asked for twice. */
function fetchOnce(file: Buffer): FetchRange {
  const fetched = new Set<number>()
  return async (start, end) => {
    for (let block = Math.floor(start / blockBytes); block * blockBytes < end; block += 1) {
      if (fetched.has(block)) throw new Error(`block ${block} is fetched twice`)
      fetched.add(block)
    }
    return file.subarray(start, end)
  }
}

const open = (file: Buffer) => new BlockSource(file.length, fetchOnce(file), probeBudget)

/** What lies in the boxes of tables, from behind the description of samples up to the end. */
function findTables(file: Buffer): { start: number; end: number }[] {
  const found = []
  for (let at = file.indexOf('stbl', 0, 'latin1'); at >= 0; at = file.indexOf('stbl', at + 4, 'latin1')) {
    const description = at + 4
    found.push({ start: description + file.readUInt32BE(description), end: at - 4 + file.readUInt32BE(at - 4) })
  }
  return found
}

const namesIn = (bytes: Buffer): string[] => {
  const names = []
  for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at)) names.push(bytes.toString('latin1', at + 4, at + 8))
  return names
}

describe('long tables are not fetched, and read as those of one sample', () => {
  const plain = ['stts', 'stsc', 'stsz', 'stco', 'free']
  test.each([
    ['one', async () => growSizes(await makeSilent()), [plain]],
    ['two', makeTwice, [plain, plain]],
    ['in front of the film', async () => growSizes(await makeSilent({ movflags: 'faststart' })), [plain]],
    ['in front of fragments', async () => growSizes(await makeSilent({ movflags: 'frag_keyframe' })), [plain]],
    ['of durations', async () => growTable('stts')(await makeSilent()), [plain]],
    ['of an order', async () => growTable('ctts')(await makeShuffled()), [['ctts', ...plain]]],
    ['of durations before that of an order', async () => growTable('stts')(await makeShuffled()), [['ctts', ...plain]]],
  ] as const)('%s', async (_, make, names) => {
    const file = await make()
    const source = open(file)
    const view = await stepOverTables(source)
    expect(file.length - source.bytesRead).toBeGreaterThan(names.length * (longBytes - 4 * blockBytes))
    const seen = Buffer.from(await view.read(0, view.bytes))
    const tables = findTables(file)
    expect(tables.map(({ start, end }) => namesIn(seen.subarray(start, end)))).toEqual(names)
    const between = [0, ...tables.flatMap(({ start, end }) => [start, end]), file.length]
    for (let n = 0; n < between.length; n += 2)
      expect(Buffer.compare(seen.subarray(between[n], between[n + 1]), file.subarray(between[n], between[n + 1]))).toBe(
        0,
      )
    for (const start of between.slice(1, -1).flatMap((edge) => [edge - 2, edge + 90]))
      expect(await view.read(start, start + 40)).toEqual(Uint8Array.from(seen.subarray(start, start + 40)))
    expect(Buffer.compare(await source.read(0, file.length), file)).toBe(0)
  })
})

test('a header that begins where a block ends costs no read more, nor does the beginning that is known', async () => {
  const film = growSizes(await makeSilent())
  const moov = film.lastIndexOf('moov', undefined, 'latin1') - 4
  const file = grow(film, ['mdat'], 2 * blockBytes - 100 - (moov % blockBytes))
  const source = new BlockSource(file.length, fetchOnce(file), probeBudget, file.subarray(0, 256))
  expect(await stepOverTables(source)).not.toBe(source)
  // Two blocks at the header, what stands behind its tables.
  expect([source.readsMade, Math.ceil(source.bytesRead / blockBytes), source.readAheadBytes]).toEqual([2, 3, 0])
})

describe('nothing is stepped over', () => {
  const long = async () => growSizes(await makeSilent())
  const rename = (file: Buffer, from: string, to: string): Buffer => {
    file.write(to, file.lastIndexOf(from, undefined, 'latin1'), 'latin1')
    return file
  }
  const noPlaces = (file: Buffer): Buffer =>
    ['stsc', 'stsz', 'stco'].reduce((film, name) => rename(film, name, 'junk'), file)
  const resize = (file: Buffer, name: string, bytes: number): Buffer => {
    file.writeUInt32BE(bytes, findBoxes(file, ['moov', name]).at(-1) ?? 0)
    return file
  }
  test.each([
    ['of a header of a few hundred KB', async () => growSizes(await makeSilent(), 500 * KB)],
    ['where words are long', async () => grow(await makeSilent(), ['moov', 'udta'], longBytes)],
    ['where no sample has a place', async () => noPlaces(await long())],
    ['of a header that is too large', async () => growSizes(await makeSilent(), 17 * MB)],
    ['of a header that goes on behind the file', async () => resize(await long(), 'moov', 2 ** 30)],
    ['where a box is larger than what it lies in', async () => resize(await long(), 'stts', 2 ** 30)],
    ['where a track is larger than the header', async () => resize(await long(), 'trak', 2 ** 30)],
    ['where a box is smaller than its own name', async () => resize(await long(), 'stts', 7)],
    ['where a box goes on to the end', async () => resize(await long(), 'stts', 0)],
    ['where a box goes on for more than can be counted', async () => resize(await long(), 'vmhd', 1)],
    ['where a box around it has another name', async () => rename(await long(), 'minf', 'junk')],
    [
      'of thousands of boxes',
      async () => {
        const film = grow(await long(), ['moov', 'trak'], 8 * 2000)
        const at = findBoxes(film, ['moov', 'trak']).at(-1) ?? 0
        const end = at + film.readUInt32BE(at)
        for (let box = end - 8 * 2000; box < end; box += 8) film.write('\0\0\0\bfree', box, 'latin1')
        return film
      },
    ],
  ] as const)('%s', async (_, make) => {
    const source = open(await make())
    expect(await stepOverTables(source)).toBe(source)
  })
})

describe('what it is, is known before long tables are fetched; then all is as ever', () => {
  const lieOfChunks = (file: Buffer): Buffer => {
    const countAt = (findBoxes(file, ['moov', 'trak', 'stco']).at(-1) ?? 0) + 12
    file.writeUInt32BE(file.readUInt32BE(countAt) + 100, countAt)
    return file
  }
  test.each([
    ['film', 'video/mp4', films.makeMp4, growSizes],
    ['film in QuickTime', 'video/quicktime', films.makeQuickTime, growSizes],
    ['film whose other table breaks off', 'video/mp4', async () => lieOfChunks(await films.makeMp4()), growSizes],
    ['film of another order', 'video/mp4', makeShuffled, growTable('ctts')],
    [
      'film of another order that no edit begins',
      'video/mp4',
      () => makeShuffled({ use_editlist: 0 }),
      growTable('ctts'),
    ],
    ['sound', 'audio/mp4', sounds.makeM4a, growSizes],
  ] as const)('%s', async (_, type, make, lengthen) => {
    const short = await make()
    const long = lengthen(short)
    const source = open(long)
    const [opened, plain] = [await probeMedia(source, type), await probeMedia(open(short), type)]
    if (!opened.ok || !plain.ok) throw new Error('refused')
    expect(opened.value.facts).toEqual(plain.value.facts)
    expect(source.bytesRead).toBeLessThan(long.length - longBytes + 3 * blockBytes)
    const reading = await readAll(long, type)
    expect(reading.frame ?? reading.peaks).not.toBeNull()
    expect(reading).toEqual(await readAll(short, type))
  })
})

test('a film that does not say how long it is has its tables asked', async () => {
  const short = await makeShuffled()
  const bodyAt = (path: readonly string[]) => (findBoxes(short, path).at(-1) ?? 0) + 8
  short.writeUInt32BE(0, bodyAt(['moov', 'trak', 'mdia', 'mdhd']) + 16)
  short.write('skip', bodyAt(['moov', 'trak', 'edts']) - 4, 'latin1')
  const [opened, plain] = [
    await probeMedia(open(growTable('stts')(short)), 'video/mp4'),
    await probeMedia(open(short), 'video/mp4'),
  ]
  if (!opened.ok || !plain.ok) throw new Error('refused')
  expect(opened.value.facts).toEqual(plain.value.facts)
  expect(opened.value.facts.durationMs).toBeGreaterThan(1000)
})

async function readAll(file: Buffer, type: TimedType) {
  const verdict = await reader.read({ type, bytes: file.length }, fetchOnce(file))
  if (!verdict.ok) throw new Error(verdict.refusal.detail)
  const { cost: _, ...reading } = verdict.value
  return reading
}
