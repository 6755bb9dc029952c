// Writes PNG chunk by chunk, for files that no encoder would write.
import { crc32, deflateSync } from 'node:zlib'

export const pngSignature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** An image header for 8-bit RGB. */
export function pngHeader(widthPx: number, heightPx: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(widthPx, 0)
  header.writeUInt32BE(heightPx, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return pngChunk('IHDR', header)
}

/** A PNG of a few kilobytes that claims to unfold to this many pixels. */
export function makePixelBomb(widthPx: number, heightPx: number): Buffer {
  const rows = deflateSync(Buffer.alloc(1024 * 1024))
  return Buffer.concat([
    pngSignature,
    pngHeader(widthPx, heightPx),
    pngChunk('IDAT', rows),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

/** Makes an animated PNG of a still one: the same picture is every frame. */
export function animatePng(still: Buffer, frames: number): Buffer {
  const control = Buffer.alloc(8)
  control.writeUInt32BE(frames, 0)
  // After the signature (8 bytes) and the header chunk (25).
  return Buffer.concat([still.subarray(0, 33), pngChunk('acTL', control), still.subarray(33)])
}

/** The same picture with a wrong checksum behind its first chunk of this name. */
export function breakChunkSum(png: Buffer, name: string): Buffer {
  const broken = Buffer.from(png)
  for (let at = pngSignature.length; at + 12 <= broken.length; at += 12 + broken.readUInt32BE(at)) {
    if (broken.toString('latin1', at + 4, at + 8) !== name) continue
    const sumAt = at + 8 + broken.readUInt32BE(at)
    broken.writeUInt8(broken.readUInt8(sumAt) ^ 0xff, sumAt)
    return broken
  }
  throw new Error(`no ${name} chunk`)
}

/** Chunks of a PNG by name and data. */
function* readPngChunks(png: Buffer): Generator<{ name: string; data: Buffer }> {
  for (let at = pngSignature.length; at + 12 <= png.length; at += 12 + png.readUInt32BE(at)) {
    yield { name: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + png.readUInt32BE(at)) }
  }
}

/** The same picture with a chunk before its first pixels. */
export function insertPngChunk(png: Buffer, chunk: Buffer): Buffer {
  const at = png.indexOf('IDAT', 0, 'latin1') - 4
  return Buffer.concat([png.subarray(0, at), chunk, png.subarray(at)])
}

/** The same picture with all chunks of this name behind its last pixels. */
export function moveBehindPixels(png: Buffer, moved: string): Buffer {
  const chunks = [...readPngChunks(png)]
  const rank = ({ name }: { name: string }) => (name === 'IEND' ? 2 : name === moved ? 1 : 0)
  const ordered = chunks.toSorted((one, other) => rank(one) - rank(other))
  return Buffer.concat([pngSignature, ...ordered.map(({ name, data }) => pngChunk(name, data))])
}

/** The same picture with its packed pixels changed, and a right checksum around them. */
export function changePackedPixels(png: Buffer, change: (packed: Buffer) => Buffer): Buffer {
  const chunks = [...readPngChunks(png)]
  const packed = Buffer.concat(chunks.filter(({ name }) => name === 'IDAT').map(({ data }) => data))
  const first = chunks.findIndex(({ name }) => name === 'IDAT')
  const laid = chunks.flatMap(({ name, data }, n) =>
    n === first ? [pngChunk('IDAT', change(Buffer.from(packed)))] : name === 'IDAT' ? [] : [pngChunk(name, data)],
  )
  return Buffer.concat([pngSignature, ...laid])
}

/** The same picture with a wrong checksum over its unpacked pixels, which browsers do not look at. */
export function spoilPixelSum(png: Buffer): Buffer {
  return changePackedPixels(png, (packed) => {
    packed.writeUInt8(packed.readUInt8(packed.length - 1) ^ 1, packed.length - 1)
    return packed
  })
}
