// Files with something in or behind the picture that is really found there. All of them must be accepted.
import { deflateSync } from 'node:zlib'
import { makeIsoFile } from './containers.ts'
import type { AllowedSample } from './allowed.ts'
import { makeOrientedJpeg } from './pictures.ts'
import { pngChunk, pngSignature } from './png-chunks.ts'

const jpegWith = (name: string, makeTail: () => Buffer | Promise<Buffer>): AllowedSample => ({
  name,
  fileName: 'camera.jpg',
  type: 'image/jpeg',
  make: async () => Buffer.concat([await makeOrientedJpeg(1), await makeTail()]),
})

export const harmlessExtras: readonly AllowedSample[] = [
  jpegWith('a motion photo', () => makeIsoFile(['mp42', 'isom'], 'vide')),
  jpegWith('a second view (MPF)', () => makeOrientedJpeg(1)),
  jpegWith('padding', () => Buffer.alloc(4096)),
  jpegWith('a line feed', () => Buffer.from('\n')),
  jpegWith('a maker’s trailer', () =>
    Buffer.from('\0\0\0\x10Image_UTC_Data1700000000000SEFHj\0\0\0\x01\0\0\0SEFT', 'latin1'),
  ),
  jpegWith('a ZIP signature by chance', () =>
    Buffer.from('video data PK\x03\x04\xff\xff\xff\xff\xff\xff more video data that goes on', 'latin1'),
  ),
  {
    name: 'a palette that reads as the end of a comment',
    fileName: 'palette.png',
    type: 'image/png',
    make: async () => makePalettePng(Buffer.from('*/2*2C', 'latin1')),
  },
]

/** One pixel of the first colour: 8 bits that count into a palette. */
function makePalettePng(palette: Buffer): Buffer {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 3, 0, 0, 0])
  return Buffer.concat([
    pngSignature,
    pngChunk('IHDR', header),
    pngChunk('PLTE', palette),
    pngChunk('IDAT', deflateSync(Buffer.alloc(2))),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}
