// Lengths and names as ID3 tags write them, in front of a sound and behind it.

/** Seven bits a byte, so that no length looks like the start of a sound frame. */
export const synchsafe = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] ?? 0) & 0x7f) << 21) |
  (((bytes[at + 1] ?? 0) & 0x7f) << 14) |
  (((bytes[at + 2] ?? 0) & 0x7f) << 7) |
  ((bytes[at + 3] ?? 0) & 0x7f)

export const text = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.subarray(from, to)).toString('latin1')
