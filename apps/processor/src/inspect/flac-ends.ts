// FLAC frames do not say how long they are, but each ends in a CRC of all its bytes (RFC 9639, 9.3): where that comes
// out right, a frame may end. By chance it does so once in 64 KB. Counted from the beginning of one frame it is right at
// the end of all behind it too.

/** x^16 + x^15 + x^2 + 1, the highest bit first. */
const crcTable = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x8005
  return crc
})

/** x^8 + x^2 + x + 1. */
const headerCrcTable = Uint8Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x80) === 0 ? crc << 1 : (crc << 1) ^ 0x07
  return crc
})

/** Two bytes begin a frame once in 32 KB by chance; its header, which ends in a CRC of its own (9.1), once in 8 MB. */
function isHeader(bytes: Buffer, at: number): boolean {
  const [sizes = 0, , number = 0] = bytes.subarray(at + 2, at + 5)
  // As in UTF-8: as many bytes as the first opens with set bits, or one.
  const numberBytes = Math.max(1, Math.clz32(~(number << 24)))
  const sizeBytes = [6, 7].indexOf(sizes >> 4) + 1
  const rateBytes = Math.min(2, [12, 13, 14].indexOf(sizes & 15) + 1)
  const header = bytes.subarray(at, at + 4 + numberBytes + sizeBytes + rateBytes + 1)
  return header.reduce((crc, byte) => headerCrcTable[crc ^ byte] ?? 0, 0) === 0
}

/** Frames have 4 KB and more. Whoever plants more beginnings or ends than that is not followed. */
const beginningsMax = 24
const endsMax = 128

/** Offsets behind which the sound may be over, of the last frames that begin in these bytes. */
export function findFlacEnds(bytes: Buffer): number[] {
  const ends = new Set<number>()
  let beginnings = 0
  for (let start = bytes.length - 2; start >= 0 && beginnings < beginningsMax; start -= 1) {
    // Fixed and variable block size.
    if (bytes[start] !== 0xff || ((bytes[start + 1] ?? 0) & 0xfe) !== 0xf8 || !isHeader(bytes, start)) continue
    beginnings += 1
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
