// FLAC frames do not say how long they are, but each ends in a CRC of all its bytes (RFC 9639, 9.3): where that comes
// out right, a frame may end. By chance it does so once in 64 KB.

/** x^16 + x^15 + x^2 + 1, the highest bit first. */
const crcTable = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x8005
  return crc
})

/** Frames have 4 KB and more. Whoever plants more beginnings or ends than that is not followed. */
const beginningsMax = 24
const endsMax = 128

/** Offsets behind which the sound may be over, of the last frames that begin in these bytes. */
export function findFlacEnds(bytes: Buffer): number[] {
  const ends = new Set<number>()
  let start = bytes.length
  for (let count = 0; count < beginningsMax && start > 0; count += 1) {
    // Fixed and variable block size.
    start = Math.max(...['\xff\xf8', '\xff\xf9'].map((sync) => bytes.lastIndexOf(sync, start - 1, 'latin1')))
    if (start < 0) break
    let crc = 0
    for (let at = start; at < bytes.length && ends.size < endsMax; at += 1) {
      const before = crc
      crc = ((crc & 0xff) << 8) ^ (crcTable[(crc >> 8) ^ bytes.readUInt8(at)] ?? 0)
      // Zeros behind an end leave it at zero.
      if (crc === 0 && before !== 0) ends.add(at + 1)
    }
  }
  return [...ends]
}
