import { expect, test } from 'vitest'
import { layPngChunk } from './png-chunks.ts'

test('a chunk is laid as browsers check it, whose checksum is over its name too', () => {
  // The last twelve bytes of every PNG.
  expect(layPngChunk('IEND', Buffer.alloc(0)).toString('hex')).toBe('0000000049454e44ae426082')
  // sRGB, of which one byte is the data.
  expect(layPngChunk('sRGB', Buffer.of(0)).toString('hex')).toBe('000000017352474200aece1ce9')
})
