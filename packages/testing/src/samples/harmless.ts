// Files with something behind the picture that cameras really leave there. All of them must be accepted.
import { makeIsoFile } from './containers.ts'
import type { AllowedSample } from './allowed.ts'
import { makeOrientedJpeg } from './pictures.ts'

const jpegWith = (name: string, makeTail: () => Buffer | Promise<Buffer>): AllowedSample => ({
  name,
  fileName: 'camera.jpg',
  type: 'image/jpeg',
  make: async () => Buffer.concat([await makeOrientedJpeg(1), await makeTail()]),
})

export const harmlessTails: readonly AllowedSample[] = [
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
]
