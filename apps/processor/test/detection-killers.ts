// Files made to lead whoever names them on and on: by what they claim to be packed in, or by a chain of small things.
import { deflateRawSync, gzipSync } from 'node:zlib'

export type DetectionKiller = {
  readonly name: string
  readonly make: () => Buffer
  /** What is said of it; null where nothing is. */
  readonly found: string | null
}

const MB = 2 ** 20
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')
const fill = (piece: Buffer, bytes: number): Buffer => Buffer.alloc(bytes, piece)

/** A small thing at the beginning of each block that would have to be read for it. */
const spread = (header: Buffer): Buffer =>
  fill(Buffer.concat([header, Buffer.alloc(64 * 1024 - header.length)]), 8 * MB)

type ZipEntry = { readonly name: string; readonly flags?: number; readonly bytes?: number }

function makeZipEntry({ name, flags = 0, bytes = 0 }: ZipEntry): Buffer {
  const header = Buffer.alloc(30)
  header.write('PK\x03\x04\x14', 0, 'latin1')
  header.writeUInt16LE(flags, 6)
  header.writeUInt16LE(8, 8)
  header.writeUInt32LE(bytes, 18)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, latin1(name)])
}

/** The length of such an entry stands behind it. */
const unknownLength = makeZipEntry({ name: 'a', flags: 8 })

function makeTiffOfTags(): Buffer {
  const tiff = Buffer.alloc(64 * 1024)
  tiff.write('II*\0\x08\0\0\0\xff\xff', 0, 'latin1')
  return tiff
}

const pngHead = Buffer.from(`89504e470d0a1a0a0000000d49484452${'00'.repeat(17)}`, 'hex')
const packed = deflateRawSync(Buffer.alloc(64 * MB))

export const detectionKillers: readonly DetectionKiller[] = [
  { name: '64 MB in a gzip', make: () => gzipSync(Buffer.alloc(64 * MB)), found: 'application/gzip' },
  {
    name: 'a gzip of tags without end',
    make: () => gzipSync(fill(latin1('ID3\x04\0\0\0\0\0\0'), 64 * MB)),
    found: 'application/gzip',
  },
  {
    name: 'a gzip whose name does not end',
    make: () => Buffer.concat([Buffer.from('1f8b0808000000000003', 'hex'), Buffer.alloc(8 * MB, 'a')]),
    found: 'application/gzip',
  },
  { name: 'a million empty gzips', make: () => fill(gzipSync(''), 8 * MB), found: 'application/gzip' },
  {
    name: 'a quarter of a million entries',
    make: () => fill(makeZipEntry({ name: 'a' }), 8 * MB),
    found: 'application/zip',
  },
  {
    name: 'entries with the longest names',
    make: () => fill(makeZipEntry({ name: 'a'.repeat(0xffff) }), 8 * MB),
    found: 'application/zip',
  },
  {
    name: 'entries far from each other',
    make: () => spread(makeZipEntry({ name: 'a', bytes: 64 * 1024 - 31 })),
    found: 'application/zip',
  },
  {
    name: 'entries of unknown length',
    make: () => fill(Buffer.concat([unknownLength, latin1('PK\x07\x08'), Buffer.alloc(12)]), 8 * MB),
    found: 'application/zip',
  },
  {
    name: 'an entry that seems to end everywhere',
    make: () => Buffer.concat([unknownLength, fill(latin1('PK\x07\x08'), 8 * MB)]),
    found: 'application/zip',
  },
  {
    name: 'a name of the type that unfolds to 64 MB',
    make: () => Buffer.concat([makeZipEntry({ name: 'mimetype', bytes: packed.length }), packed]),
    found: 'application/zip',
  },
  { name: 'byte order marks', make: () => fill(latin1('\xef\xbb\xbf'), MB), found: 'text/plain' },
  { name: 'tags far from each other', make: () => spread(latin1('ID3\x04\0\0\0\x03\x7f\x76')), found: null },
  {
    name: 'texts far from each other',
    make: () => Buffer.concat([pngHead, spread(Buffer.from('0000fff474455874', 'hex'))]),
    found: null,
  },
  { name: 'a directory of 65,535 tags', make: makeTiffOfTags, found: 'image/tiff' },
  {
    name: 'a million objects of a Windows film',
    make: () =>
      Buffer.concat([
        Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex'),
        Buffer.alloc(14),
        fill(Buffer.concat([Buffer.alloc(16, 1), Buffer.from('1800000000000000', 'hex')]), 8 * MB),
      ]),
    found: 'application/vnd.ms-asf',
  },
  {
    name: 'a heading of elements far from each other',
    make: () => Buffer.concat([Buffer.from('1a45dfa308ffffffff', 'hex'), fill(Buffer.from('ec2ffff0', 'hex'), 8 * MB)]),
    found: null,
  },
]
