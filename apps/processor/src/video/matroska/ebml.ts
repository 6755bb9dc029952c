// Elements of a Matroska or WebM file (RFC 8794), as far as finding and blanking them goes.

export type Element = {
  /** With its length marker, as the specifications print it. */
  readonly id: number
  readonly start: number
  readonly bodyStart: number
  /** Null for a body of unknown length, which live recordings use. */
  readonly end: number | null
}

/** An id of up to 4 bytes and a length of up to 8. */
export const headerBytesMax = 12

/** Reads an element's header from bytes that begin at file offset `at`; null when it is none. */
export function readElement(bytes: Uint8Array, at: number): Element | null {
  const idBytes = lengthOf(bytes[0] ?? 0)
  if (idBytes > 4 || bytes.length <= idBytes) return null
  const sizeBytes = lengthOf(bytes[idBytes] ?? 0)
  if (sizeBytes > 8 || bytes.length < idBytes + sizeBytes) return null
  let size = (bytes[idBytes] ?? 0) & (0xff >> sizeBytes)
  let isUnknown = size === 0xff >> sizeBytes
  for (let n = 1; n < sizeBytes; n += 1) {
    const byte = bytes[idBytes + n] ?? 0
    size = size * 256 + byte
    isUnknown &&= byte === 0xff
  }
  if (!isUnknown && !Number.isSafeInteger(size)) return null
  let id = 0
  for (let n = 0; n < idBytes; n += 1) id = id * 256 + (bytes[n] ?? 0)
  const bodyStart = at + idBytes + sizeBytes
  return { id, start: at, bodyStart, end: isUnknown ? null : bodyStart + size }
}

/** How many bytes a number takes, from the leading zeros of its first byte; 9 when it has no marker. */
const lengthOf = (first: number): number => Math.clz32(first) - 24 + 1

/** The header of a Void element of exactly this many bytes in all, two at least; the rest of it is zeros. */
export function voidHeader(totalBytes: number): Uint8Array {
  if (totalBytes - 2 <= 0x7e) return Uint8Array.of(0xec, 0x80 | (totalBytes - 2))
  const header = new DataView(new ArrayBuffer(9))
  header.setBigUint64(1, BigInt(totalBytes - 9))
  header.setUint8(0, 0xec)
  header.setUint8(1, 0x01)
  return new Uint8Array(header.buffer)
}
