// Files that must be refused, each with the reason that its sender is to be told.
import { crc32 } from 'node:zlib'
import type { InspectionRefusal } from '@shoebox/shared/refusals.ts'
import { makeIsoFile, makeOggFile } from './containers.ts'
import { makeHeic } from './heic.ts'
import { makeAnimation, makeOrientedJpeg, openScene } from './pictures.ts'
import { makePixelBomb } from './png-chunks.ts'

export type HostileSample = {
  readonly name: string
  /** The name and type under which it is passed off. */
  readonly fileName: string
  readonly declaredType: string
  readonly reason: InspectionRefusal
  readonly make: () => Promise<Buffer>
}

const hostile = (
  name: string,
  passedOffAs: readonly [fileName: string, declaredType: string],
  reason: InspectionRefusal,
  make: () => Buffer | Promise<Buffer>,
): HostileSample => ({
  name,
  fileName: passedOffAs[0],
  declaredType: passedOffAs[1],
  reason,
  make: async () => make(),
})

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')
const jpeg = () => makeOrientedJpeg(1)
const followedBy = async (picture: Promise<Buffer>, tail: Buffer) => Buffer.concat([await picture, tail])

/** A Windows program as far as its headers go. */
export function makeProgram(): Buffer {
  const program = Buffer.alloc(1024)
  program.write('MZ', 0, 'latin1')
  program.writeUInt32LE(0x80, 0x3c)
  program.write('This program cannot be run in DOS mode.', 0x4e, 'latin1')
  program.write('PE\0\0', 0x80, 'latin1')
  return program
}

/** An archive of one stored file. */
export function makeZip(name = 'note.txt', content = 'hidden'): Buffer {
  const data = latin1(content)
  const entry = Buffer.alloc(26)
  entry.writeUInt16LE(20, 0)
  entry.writeUInt32LE(crc32(data), 10)
  entry.writeUInt32LE(data.length, 14)
  entry.writeUInt32LE(data.length, 18)
  entry.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([latin1('PK\x03\x04'), entry, latin1(name), data])
  const central = Buffer.concat([latin1('PK\x01\x02'), Buffer.from([20, 0]), entry, Buffer.alloc(14), latin1(name)])
  const end = Buffer.alloc(18)
  end.writeUInt16LE(1, 4)
  end.writeUInt16LE(1, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(local.length, 12)
  return Buffer.concat([local, central, latin1('PK\x05\x06'), end])
}

const page = latin1('<!DOCTYPE html><html><body><script>alert(document.domain)</script></body></html>')
const pdf = latin1('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

/** A GIF that is a script: its width spells the beginning of a comment that ends behind the picture. */
async function makeGifScript(): Promise<Buffer> {
  const gif = await (await openScene(64, 48)).gif().toBuffer()
  gif.write('/*', 6, 'latin1')
  return Buffer.concat([gif, latin1('*/=1;alert(document.domain)//')])
}

/** A JPEG with an archive inside a comment segment, before any pixel. */
async function makeJpegAroundZip(): Promise<Buffer> {
  const picture = await jpeg()
  const zip = makeZip()
  const segment = Buffer.from([0xff, 0xfe, 0, 0])
  segment.writeUInt16BE(zip.length + 2, 2)
  return Buffer.concat([picture.subarray(0, 2), segment, zip, picture.subarray(2)])
}

export const hostileSamples: readonly HostileSample[] = [
  hostile('an empty file', ['empty.jpg', 'image/jpeg'], 'file_empty', () => Buffer.alloc(0)),
  hostile('a renamed program', ['holiday.jpg', 'image/jpeg'], 'type_not_allowed', makeProgram),
  hostile('an SVG', ['logo.png', 'image/png'], 'type_not_allowed', () =>
    latin1('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>'),
  ),
  hostile('an SVG behind an XML head', ['logo.jpg', 'image/jpeg'], 'type_not_allowed', () =>
    latin1('<?xml version="1.0"?>\n<!-- a comment -->\n<svg xmlns="http://www.w3.org/2000/svg"/>'),
  ),
  hostile('a page', ['page.jpg', 'image/jpeg'], 'type_not_allowed', () => page),
  hostile('plain text', ['note.jpg', 'image/jpeg'], 'type_not_allowed', () => latin1('only words\n')),
  hostile('a PDF', ['scan.jpg', 'image/jpeg'], 'type_not_allowed', () => pdf),
  hostile('an archive', ['photos.jpg', 'image/jpeg'], 'type_not_allowed', () => makeZip()),
  hostile('random bytes', ['noise.jpg', 'image/jpeg'], 'type_unknown', () =>
    Buffer.from(Array.from({ length: 4096 }, (_, index) => 128 + ((index * 7919) % 61))),
  ),
  hostile('raw pixels that look like frames of sound', ['raw.miff', 'audio/mpeg'], 'type_unknown', () =>
    // MPEG-1 layer I, 32 kbit/s, 44.1 kHz: frames of 32 bytes.
    Buffer.from(`id=pixels\0\x01\x02${`\xff\xff\x10${'\x85'.repeat(29)}`.repeat(40)}`, 'latin1'),
  ),
  hostile('Ogg video behind its sound', ['clip.ogg', 'audio/ogg'], 'type_not_allowed', () =>
    Buffer.concat([makeOggFile('opus'), makeOggFile('theora')]),
  ),
  hostile('Ogg video', ['clip.ogg', 'audio/ogg'], 'type_not_allowed', () => makeOggFile('theora')),
  hostile('a HEIC without a picture', ['empty.heic', 'image/heic'], 'image_damaged', () =>
    makeIsoFile(['heic', 'mif1'], 'pict'),
  ),
  hostile('a truncated HEIC', ['cut.heic', 'image/heic'], 'image_damaged', async () => {
    const whole = await makeHeic()
    return whole.subarray(0, Math.floor(whole.length * 0.8))
  }),
  hostile('a HEIC that is larger than it says', ['sly.heic', 'image/heic'], 'image_damaged', () =>
    makeHeic({ claimedPx: [36, 24] }),
  ),
  hostile('a HEIC of more pixels than one may have', ['huge.heic', 'image/heic'], 'image_too_many_pixels', () =>
    makeHeic({ claimedPx: [10_000, 5001] }),
  ),
  hostile('a truncated JPEG', ['cut.jpg', 'image/jpeg'], 'image_damaged', async () => {
    const whole = await (await openScene(1200, 900)).jpeg().toBuffer()
    return whole.subarray(0, Math.floor(whole.length / 2))
  }),
  hostile('a truncated PNG', ['cut.png', 'image/png'], 'image_damaged', async () => {
    const whole = await (await openScene(1200, 900)).png({ compressionLevel: 0 }).toBuffer()
    return whole.subarray(0, Math.floor(whole.length / 2))
  }),
  hostile('a TIFF packed with LZMA', ['scan.tiff', 'image/tiff'], 'image_unsupported', async () => {
    const tiff = await (await openScene(64, 48)).tiff({ compression: 'none' }).toBuffer()
    // The entry for compression, of one short; the pixels are an XZ archive then, which begins with its signature.
    const entry = Buffer.from([3, 1, 3, 0, 1, 0, 0, 0])
    tiff.writeUInt16LE(34_925, tiff.indexOf(entry) + entry.length)
    tiff.write('\xfd7zXZ\0\0', 8, 'latin1')
    return tiff
  }),
  hostile('a TIFF of 12 bits a sample', ['scan.tiff', 'image/tiff'], 'image_unsupported', async () => {
    const grey = await (await openScene(64, 48)).toColourspace('b-w').tiff({ compression: 'none' }).toBuffer()
    // BitsPerSample: one short.
    grey.writeUInt16LE(12, grey.indexOf(Buffer.from([2, 1, 3, 0, 1, 0, 0, 0])) + 8)
    return grey
  }),
  hostile('a JPEG of nothing but its beginning', ['start.jpg', 'image/jpeg'], 'image_damaged', () =>
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(500)]),
  ),
  hostile('a pixel bomb', ['bomb.png', 'image/png'], 'image_too_many_pixels', () => makePixelBomb(50_000, 50_000)),
  hostile('a JPEG and a page', ['both.jpg', 'image/jpeg'], 'file_hides_other', () => followedBy(jpeg(), page)),
  hostile('a JPEG and an archive', ['both.jpg', 'image/jpeg'], 'file_hides_other', () => followedBy(jpeg(), makeZip())),
  hostile('a JPEG around an archive', ['both.jpg', 'image/jpeg'], 'file_hides_other', makeJpegAroundZip),
  hostile('a JPEG and a program', ['both.jpg', 'image/jpeg'], 'file_hides_other', () =>
    followedBy(jpeg(), makeProgram()),
  ),
  hostile('a PNG and a PDF', ['both.png', 'image/png'], 'file_hides_other', async () =>
    Buffer.concat([await (await openScene()).png().toBuffer(), pdf]),
  ),
  hostile('a GIF and a script', ['both.gif', 'image/gif'], 'file_hides_other', makeGifScript),
  hostile('an animated GIF and a page', ['both.gif', 'image/gif'], 'file_hides_other', () =>
    followedBy(makeAnimation('gif', 3), page),
  ),
  hostile('a WebP and a page', ['both.webp', 'image/webp'], 'file_hides_other', () =>
    followedBy(makeAnimation('webp', 3), page),
  ),
  hostile('an MP4 and an archive', ['both.mp4', 'video/mp4'], 'file_hides_other', () =>
    Buffer.concat([makeIsoFile(['isom', 'mp41'], 'vide'), makeZip()]),
  ),
]
