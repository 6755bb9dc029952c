// The files here are short ones whose table of sizes goes on behind their last sample, as long as that of two hours.
import { afterAll, describe, expect, test } from 'vitest'
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import * as films from '@shoebox/testing/samples/time-based/films.ts'
import * as sounds from '@shoebox/testing/samples/time-based/sounds.ts'
import { blockBytes, BlockSource, type FetchRange } from './block-source.ts'
import { probeBudget } from './open-media.ts'
import { probeMedia } from './probe-media.ts'
import { createReader } from './reader-process.ts'
import { stepOverSizes } from './step-over-sizes.ts'

const reader = createReader({ entry: new URL('./reader.child.ts', import.meta.url), env: {} })
afterAll(reader.stop)

const [KB, MB] = [2 ** 10, 2 ** 20]
const longBytes = 900 * KB
const sizesPath = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsz']

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

const makeSilent = (options: Record<string, string> = {}) => films.makeMp4({ streams: [films.h264], options })

/** Two tracks, both with a long table. */
async function makeTwice(): Promise<Buffer> {
  const film = growSizes(await films.makeMp4())
  return growSizes(film, longBytes, film.lastIndexOf('trak', undefined, 'latin1'))
}

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

/** The file without the sizes of any sample. */
function zeroSizes(file: Buffer): { expected: Buffer; edges: number[] } {
  const [expected, edges] = [Buffer.from(file), [] as number[]]
  for (let at = file.indexOf('stsz', 0, 'latin1'); at >= 0; at = file.indexOf('stsz', at + 4, 'latin1')) {
    const [start, end] = [at + 16, at - 4 + file.readUInt32BE(at - 4)]
    expected.fill(0, start, end)
    edges.push(start, end)
  }
  return { expected, edges }
}

describe('long tables of sizes read as zeros, and are not fetched', () => {
  test.each([
    ['one', async () => growSizes(await makeSilent()), 1],
    ['two', makeTwice, 2],
    ['in front of the film', async () => growSizes(await makeSilent({ movflags: 'faststart' })), 1],
    ['in front of fragments', async () => growSizes(await makeSilent({ movflags: 'frag_keyframe' })), 1],
  ] as const)('%s', async (_, make, tables) => {
    const file = await make()
    const { expected, edges } = zeroSizes(file)
    expect(edges).toHaveLength(2 * tables)
    const source = open(file)
    const view = await stepOverSizes(source)
    expect(Buffer.compare(await view.read(0, view.bytes), expected)).toBe(0)
    for (const start of edges.map((edge) => edge - 2))
      expect(await view.read(start, start + 4)).toEqual(Uint8Array.from(expected.subarray(start, start + 4)))
    expect(file.length - source.bytesRead).toBeGreaterThan(tables * (longBytes - 3 * blockBytes))
    expect(Buffer.compare(await source.read(0, file.length), file)).toBe(0)
  })
})

test('a header that begins where a block ends costs no read more', async () => {
  const film = growSizes(await makeSilent())
  const moov = film.lastIndexOf('moov', undefined, 'latin1') - 4
  const source = open(grow(film, ['mdat'], 2 * blockBytes - 100 - (moov % blockBytes)))
  expect(await stepOverSizes(source)).not.toBe(source)
  // The first block, two at the header, what stands behind its sizes.
  expect([source.readsMade, Math.ceil(source.bytesRead / blockBytes), source.readAheadBytes]).toEqual([3, 4, 0])
})

describe('nothing is stepped over', () => {
  const long = async () => growSizes(await makeSilent())
  const rename = (file: Buffer, from: string, to: string): Buffer => {
    file.write(to, file.lastIndexOf(from, undefined, 'latin1'), 'latin1')
    return file
  }
  const resize = (file: Buffer, name: string, bytes: number): Buffer => {
    file.writeUInt32BE(bytes, findBoxes(file, ['moov', name]).at(-1) ?? 0)
    return file
  }
  test.each([
    ['of a header of a few hundred KB', async () => growSizes(await makeSilent(), 500 * KB)],
    ['where words are long', async () => grow(await makeSilent(), ['moov', 'udta'], longBytes)],
    [
      'where another table is long',
      async () => grow(await makeSilent(), [...sizesPath.slice(0, 5), 'stts'], longBytes),
    ],
    ['where another one is as well', async () => grow(await long(), [...sizesPath.slice(0, 5), 'stts'], longBytes)],
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
    expect(await stepOverSizes(source)).toBe(source)
  })
})

describe('what it is, is known before the sizes of samples are fetched; then all is as ever', () => {
  const lieOfChunks = (file: Buffer): Buffer => {
    const countAt = (findBoxes(file, ['moov', 'trak', 'stco']).at(-1) ?? 0) + 12
    file.writeUInt32BE(file.readUInt32BE(countAt) + 100, countAt)
    return file
  }
  const same = (file: Buffer): Buffer => file
  test.each([
    ['film', 'video/mp4', films.makeMp4, same],
    ['film in QuickTime', 'video/quicktime', films.makeQuickTime, same],
    ['film whose other table breaks off', 'video/mp4', films.makeMp4, lieOfChunks],
    ['sound', 'audio/mp4', sounds.makeM4a, same],
  ] as const)('%s', async (_, type, make, spoil) => {
    const short = spoil(await make())
    const long = growSizes(short)
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

async function readAll(file: Buffer, type: TimedType) {
  const verdict = await reader.read({ type, bytes: file.length }, fetchOnce(file))
  if (!verdict.ok) throw new Error(verdict.refusal.detail)
  const { cost: _, ...reading } = verdict.value
  return reading
}
