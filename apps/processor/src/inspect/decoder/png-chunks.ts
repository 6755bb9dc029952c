// The chunks of a PNG: finds what is said of the picture before its first pixels, and lays new ones.
import { crc32 } from 'node:zlib'

/** The data of the first chunk of this name; null where there is none before the pixels. */
export function findPngChunk(png: Buffer, name: string): Buffer | null {
  for (let at = 8; at + 12 <= png.length; at += 12 + png.readUInt32BE(at)) {
    const chunk = png.toString('latin1', at + 4, at + 8)
    if (chunk === name) return png.subarray(at + 8, at + 8 + png.readUInt32BE(at))
    if (chunk === 'IDAT') return null
  }
  return null
}

/** The whole of a chunk: its length, its name, its data and their checksum. */
export function layPngChunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
