/** How much stands before the pixels. */
const headerBytes = 8 + 2 + 12 * 9 + 4 + 6

/**
 * A decoded frame as an uncompressed TIFF, the plainest picture the image decoder reads: so posters go through the same
 * decoder, in the same process and with the same sizes and qualities, as everything else that people are shown.
 * @param rgb 8 bits a channel, sRGB, rows from the top
 */
export function wrapAsTiff(rgb: Uint8Array, widthPx: number, heightPx: number): Buffer {
  const bitsAt = headerBytes - 6
  /** Tag, type (3 = short, 4 = long), count, value. */
  const entries: readonly (readonly [tag: number, type: 3 | 4, count: number, value: number])[] = [
    [256, 4, 1, widthPx],
    [257, 4, 1, heightPx],
    [258, 3, 3, bitsAt],
    [259, 3, 1, 1],
    [262, 3, 1, 2],
    [273, 4, 1, headerBytes],
    [277, 3, 1, 3],
    [278, 4, 1, heightPx],
    [279, 4, 1, rgb.length],
  ]
  const head = Buffer.alloc(headerBytes)
  head.write('II', 0, 'latin1')
  head.writeUInt16LE(42, 2)
  head.writeUInt32LE(8, 4)
  head.writeUInt16LE(entries.length, 8)
  entries.forEach(([tag, type, count, value], n) => {
    const at = 10 + 12 * n
    head.writeUInt16LE(tag, at)
    head.writeUInt16LE(type, at + 2)
    head.writeUInt32LE(count, at + 4)
    head.writeUInt32LE(value, at + 8)
  })
  for (let channel = 0; channel < 3; channel += 1) head.writeUInt16LE(8, bitsAt + 2 * channel)
  return Buffer.concat([head, rgb])
}
