// The chunks of a PNG: lists them, finds what is said of the picture before its first pixels, and lays new ones.
import { crc32 } from 'node:zlib'

/** The chunks of a PNG in order, by name and data; the last may be cut off. */
export function* listPngChunks(png: Buffer): Generator<{ readonly name: string; readonly data: Buffer }> {
  for (let at = 8; at + 12 <= png.length; at += 12 + png.readUInt32BE(at)) {
    yield { name: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + png.readUInt32BE(at)) }
  }
}

/** The data of the first chunk of this name; null where there is none before the pixels. */
export function findPngChunk(png: Buffer, name: string): Buffer | null {
  for (const chunk of listPngChunks(png)) {
    if (chunk.name === name) return chunk.data
    if (chunk.name === 'IDAT') return null
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
