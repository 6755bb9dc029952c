/** Payload of one segment that carries a part of a profile (ICC.1, annex B.4). */
const partBytesMax = 65_519

/** Puts a colour profile into a JPEG that has none, behind its first marker. */
export function addProfile(jpeg: Buffer, icc: Buffer): Buffer {
  const count = Math.ceil(icc.length / partBytesMax)
  // Counted in one byte.
  if (count === 0 || count > 255) return jpeg
  const parts = Array.from({ length: count }, (_, i) => {
    const part = icc.subarray(i * partBytesMax, (i + 1) * partBytesMax)
    const head = Buffer.from([0xff, 0xe2, 0, 0, ...Buffer.from('ICC_PROFILE\0', 'latin1'), i + 1, count])
    head.writeUInt16BE(head.length - 2 + part.length, 2)
    return Buffer.concat([head, part])
  })
  return Buffer.concat([jpeg.subarray(0, 2), ...parts, jpeg.subarray(2)])
}
