// Where a picture's own structure ends; what lies beyond is somebody else's data. Called by find-hidden-content.
// Damaged structure is not judged here: the decoder does that. Every walk moves forward, so none can loop.
import type { MediaType } from '@shoebox/shared/media/kinds.ts'

/** The offset after the last byte that belongs to the picture, or null when the structure does not say. */
export function findImageEnd(file: Buffer, type: MediaType): number | null {
  switch (type) {
    case 'image/jpeg':
      return findJpegEnd(file)
    case 'image/png':
      return findPngEnd(file)
    case 'image/gif':
      return findGifEnd(file)
    case 'image/webp':
      return file.length < 8 ? null : Math.min(file.length, 8 + evenUp(file.readUInt32LE(4)))
    case 'image/avif':
    case 'image/heic':
      return findIsoEnd(file)
    default:
      // TIFF is a web of offsets: any byte may belong to it.
      return null
  }
}

const evenUp = (length: number): number => length + (length % 2)

function findJpegEnd(file: Buffer): number | null {
  let at = 2
  while (at + 1 < file.length) {
    // Inside entropy-coded data 0xFF is followed by 0x00 or a restart marker; anything else is the next segment.
    at = file.indexOf(0xff, at)
    if (at < 0 || at + 1 >= file.length) return null
    const marker = file.readUInt8(at + 1)
    if (marker === 0xd9) return at + 2
    if (marker === 0xff) at += 1
    else if (marker === 0x00 || (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01) at += 2
    else if (at + 4 > file.length) return null
    else at += 2 + Math.max(2, file.readUInt16BE(at + 2))
  }
  return null
}

function findPngEnd(file: Buffer): number | null {
  for (let at = 8; at + 12 <= file.length;) {
    const isLast = file.toString('latin1', at + 4, at + 8) === 'IEND'
    at += 12 + file.readUInt32BE(at)
    if (isLast) return Math.min(at, file.length)
  }
  return null
}

function findGifEnd(file: Buffer): number | null {
  if (file.length < 13) return null
  let at = 13 + colorTableBytes(file.readUInt8(10))
  while (at < file.length) {
    const block = file.readUInt8(at)
    if (block === 0x3b) return at + 1
    if (block === 0x21) at += 2
    else if (block === 0x2c && at + 10 < file.length) at += 11 + colorTableBytes(file.readUInt8(at + 9))
    else return null
    // Data follows in sub-blocks, each led by its length; a zero ends them.
    for (let length = file[at]; length !== undefined; length = file[at]) {
      at += 1 + length
      if (length === 0) break
    }
  }
  return null
}

/** GIF packs "has a colour table" into bit 7 and its size into bits 0 to 2. */
const colorTableBytes = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1))

function findIsoEnd(file: Buffer): number | null {
  let at = 0
  while (at + 8 <= file.length && /^[ -~©]{4}$/.test(file.toString('latin1', at + 4, at + 8))) {
    const size32 = file.readUInt32BE(at)
    const size = size32 === 1 && at + 16 <= file.length ? Number(file.readBigUInt64BE(at + 8)) : size32
    // Zero means "to the end of the file".
    if (size32 === 0) return file.length
    if (size < 8 || at + size > file.length) break
    at += size
  }
  return at
}
