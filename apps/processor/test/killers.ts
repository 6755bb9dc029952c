// Files made to hang, exhaust or lead astray whoever reads them. Each is small; what it claims is not.
import { deflateSync } from 'node:zlib'
import * as films from '@shoebox/testing/samples/time-based/films.ts'
import { makeAnimation } from '@shoebox/testing/samples/pictures.ts'
import { makePixelBomb, pngChunk, pngHeader, pngSignature } from '@shoebox/testing/samples/png-chunks.ts'
import type { MediaType } from '@shoebox/shared/media/kinds.ts'

export type Killer = {
  readonly name: string
  readonly type: MediaType
  readonly make: () => Promise<Buffer>
  /** There is something in it to show, and players show it: all others are refused. */
  readonly isShown: boolean
}

const killer = (name: string, type: MediaType, make: () => Buffer | Promise<Buffer>): Killer => ({
  name,
  type,
  make: async () => make(),
  isShown: false,
})

const shown = (...given: Parameters<typeof killer>): Killer => ({ ...killer(...given), isShown: true })

const MB = 2 ** 20
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')
const repeat = (piece: Buffer, times: number): Buffer => Buffer.concat(Array.from({ length: times }, () => piece))

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}

const box = (type: string, body: Buffer, size = body.length + 8): Buffer =>
  Buffer.concat([uint32(size), latin1(type), body])

const ftyp = box('ftyp', latin1('isom\0\0\0\0isommp41'))
const zlibBomb = (): Buffer => deflateSync(Buffer.alloc(64 * MB))

const pngWith = (chunk: Buffer): Buffer =>
  Buffer.concat([
    pngSignature,
    pngHeader(8, 8),
    chunk,
    pngChunk('IDAT', deflateSync(Buffer.alloc(8 * 25))),
    pngChunk('IEND', Buffer.alloc(0)),
  ])

/** A picture file directory whose next is itself. */
function makeCircularTiff(): Buffer {
  const tiff = Buffer.alloc(64)
  tiff.write('II*\0', 0, 'latin1')
  tiff.writeUInt32LE(8, 4)
  tiff.writeUInt16LE(1, 8)
  tiff.writeUInt16LE(256, 10)
  tiff.writeUInt16LE(3, 12)
  tiff.writeUInt32LE(1, 14)
  tiff.writeUInt32LE(8, 22)
  return tiff
}

/** One strip that unfolds to far more than the picture, and a picture of the most pixels that are let in. */
function makeTiffBomb(): Buffer {
  const strip = deflateSync(Buffer.alloc(200 * MB))
  const entries: readonly (readonly number[])[] = [
    [256, 4, 10_900],
    [257, 4, 11_000],
    [258, 3, 8],
    [259, 3, 8],
    [262, 3, 1],
    [273, 4, 8 + 2 + 12 * 9 + 4],
    [277, 3, 1],
    [278, 4, 11_000],
    [279, 4, strip.length],
  ]
  const head = Buffer.alloc(8 + 2 + 12 * entries.length + 4)
  head.write('II*\0', 0, 'latin1')
  head.writeUInt32LE(8, 4)
  head.writeUInt16LE(entries.length, 8)
  entries.forEach(([tag = 0, type = 0, value = 0], n) => {
    head.writeUInt16LE(tag, 10 + 12 * n)
    head.writeUInt16LE(type, 12 + 12 * n)
    head.writeUInt32LE(1, 14 + 12 * n)
    head.writeUInt32LE(value, 18 + 12 * n)
  })
  return Buffer.concat([head, strip])
}

/** A thousand frames as large as a frame may be, of two bytes of data each. */
async function makeGifBomb(): Promise<Buffer> {
  const gif = await makeAnimation('gif', 2)
  gif.writeUInt16LE(10_000, 6)
  gif.writeUInt16LE(10_000, 8)
  const frame = Buffer.from([0x2c, 0, 0, 0, 0, 0x10, 0x27, 0x10, 0x27, 0, 2, 1, 0x44, 0])
  return Buffer.concat([gif.subarray(0, gif.length - 1), repeat(frame, 1000), Buffer.from([0x3b])])
}

/** Sample tables that claim millions of entries, with or without the bytes for them. */
function makeTableBomb(entries: number, presentBytes: number): Buffer {
  const table = box('stts', Buffer.concat([Buffer.alloc(4), uint32(entries), Buffer.alloc(presentBytes)]))
  const hdlr = box('hdlr', Buffer.concat([Buffer.alloc(8), latin1('vide'), Buffer.alloc(13)]))
  const mdhd = box('mdhd', Buffer.concat([Buffer.alloc(12), uint32(1000), uint32(1000), Buffer.alloc(4)]))
  const trak = box('trak', box('mdia', Buffer.concat([mdhd, hdlr, box('minf', box('stbl', table))])))
  return Buffer.concat([ftyp, box('moov', Buffer.concat([box('mvhd', Buffer.alloc(100)), trak])), box('mdat', ftyp)])
}

function nest(type: string, depth: number): Buffer {
  const heads = Array.from({ length: depth }, (_, n) => Buffer.concat([uint32(8 * (depth - n)), latin1(type)]))
  return Buffer.concat(heads)
}

/** Segments in segments: ids of four bytes, lengths unknown. */
const ebmlHead = Buffer.from(
  '1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff',
  'hex',
)

function makeOggOfEmptyPages(pages: number): Buffer {
  const page = Buffer.alloc(28)
  page.write('OggS', 0, 'latin1')
  page.writeUInt8(1, 26)
  const first = Buffer.concat([page, latin1('OpusHead\x01\x02'), Buffer.alloc(9)])
  first.writeUInt8(2, 5)
  first.writeUInt8(19, 27)
  return Buffer.concat([first, repeat(page, pages)])
}

/** The table of a real film made to point far beyond it. */
async function makeFarOffsets(): Promise<Buffer> {
  const film = await films.makeFastMp4()
  const at = film.indexOf('stco', 0, 'latin1') + 12
  film.fill(0xff, at, at + 64)
  return film
}

async function makeZeroSizes(): Promise<Buffer> {
  const film = await films.makeFastMp4()
  film.writeUInt32BE(0, film.indexOf('trak', 0, 'latin1') - 4)
  return film
}

const makeFlacOfBlocks = (): Buffer =>
  Buffer.concat([
    latin1('fLaC'),
    Buffer.from([0, 0, 0, 34]),
    Buffer.alloc(34),
    repeat(Buffer.from([1, 0, 0, 0]), 100_000),
  ])

const makeWavOfChunks = (): Buffer =>
  Buffer.concat([latin1('RIFF\xff\xff\xff\x7fWAVE'), repeat(latin1('JUNK\0\0\0\0'), 100_000)])

export const pictureKillers: readonly Killer[] = [
  killer('a pixel bomb', 'image/png', () => makePixelBomb(50_000, 50_000)),
  killer('too little data for its size', 'image/png', () => makePixelBomb(10_900, 11_000)),
  shown('a profile that unfolds to 64 MB', 'image/png', () =>
    pngWith(pngChunk('iCCP', Buffer.concat([latin1('p\0\0'), zlibBomb()]))),
  ),
  shown('a text that unfolds to 64 MB', 'image/png', () =>
    pngWith(pngChunk('zTXt', Buffer.concat([latin1('p\0\0'), zlibBomb()]))),
  ),
  shown('a hundred thousand texts', 'image/png', () => pngWith(repeat(pngChunk('tEXt', latin1('k\0v')), 100_000))),
  killer('a directory in a circle', 'image/tiff', makeCircularTiff),
  shown('a strip that unfolds', 'image/tiff', makeTiffBomb),
  shown('a thousand frames of 100 megapixels', 'image/gif', makeGifBomb),
  killer('nothing but padding', 'image/jpeg', () =>
    Buffer.concat([latin1('\xff\xd8\xff'), Buffer.alloc(4 * MB, 0xff)]),
  ),
  killer('a picture of nested boxes', 'image/avif', () =>
    Buffer.concat([box('ftyp', latin1('avif\0\0\0\0avifmif1')), nest('meta', 50_000)]),
  ),
]

export const timedKillers: readonly Killer[] = [
  killer('fifty thousand boxes in each other', 'video/mp4', () => Buffer.concat([ftyp, nest('moov', 50_000)])),
  shown('a box of size zero in a box', 'video/mp4', makeZeroSizes),
  killer('a box whose size overflows', 'video/mp4', () =>
    Buffer.concat([ftyp, uint32(1), latin1('moov'), Buffer.alloc(8, 0xff), Buffer.alloc(100)]),
  ),
  killer('a table that claims four thousand million entries', 'video/mp4', () => makeTableBomb(0xffff_ffff, 64)),
  killer('a table of two million entries', 'video/mp4', () => makeTableBomb(2_000_000, 16_000_000)),
  shown('offsets far beyond the end', 'video/mp4', makeFarOffsets),
  killer('half a million tiny boxes', 'video/mp4', () =>
    Buffer.concat([ftyp, repeat(box('free', Buffer.alloc(0)), 500_000)]),
  ),
  killer('segments in segments', 'video/webm', () =>
    Buffer.concat([ebmlHead, repeat(Buffer.from('1853806701ffffffffffffff', 'hex'), 50_000)]),
  ),
  killer('half a million empty elements', 'video/webm', () =>
    Buffer.concat([ebmlHead, repeat(Buffer.from([0xec, 0x80]), 500_000)]),
  ),
  killer('an element of unknown length in the heading', 'video/matroska', () =>
    Buffer.concat([ebmlHead, Buffer.from('1549a96601ffffffffffffff', 'hex'), Buffer.alloc(MB, 0xec)]),
  ),
  killer('a tag of 256 MB', 'audio/mpeg', () =>
    Buffer.concat([latin1('ID3\x04\0\0\x7f\x7f\x7f\x7f'), Buffer.alloc(MB, 0x41)]),
  ),
  killer('a hundred thousand tags', 'audio/mpeg', () => repeat(latin1('ID3\x04\0\0\0\0\0\0'), 100_000)),
  killer('pages without end', 'audio/ogg', () => makeOggOfEmptyPages(300_000)),
  killer('a hundred thousand blocks', 'audio/flac', makeFlacOfBlocks),
  killer('a hundred thousand chunks', 'audio/wav', makeWavOfChunks),
]
