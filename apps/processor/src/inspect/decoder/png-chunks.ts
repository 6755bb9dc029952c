// Finds what a PNG says of its picture before its first pixels.

/** The data of the first chunk of this name; null where there is none before the pixels. */
export function findPngChunk(png: Buffer, name: string): Buffer | null {
  for (let at = 8; at + 12 <= png.length; at += 12 + png.readUInt32BE(at)) {
    const chunk = png.toString('latin1', at + 4, at + 8)
    if (chunk === name) return png.subarray(at + 8, at + 8 + png.readUInt32BE(at))
    if (chunk === 'IDAT') return null
  }
  return null
}
