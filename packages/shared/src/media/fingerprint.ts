// What a picture looks like, in bits, so that a copy is known again although its bytes are others. The processor makes
// fingerprints, the persister holds them against those of removed content. Anatomy and evidence: docs/adr/0025.
//
// A hash is 256 bits: whether each of 16 × 16 waves, across and down, runs through the grey picture one way or the other
// (the transform of Meta's PDQ). A fingerprint is one hash of the whole picture and one for each way in which a little
// may be cut off it. Bits stand from the widest waves, which nothing short of another picture changes, to the finest.

export const hashBits = 256
const waves = 16

/**
 * The part of the picture that each hash is made of: left, top, width and height in shares. The first is all of it; a
 * copy's own first hash is near to the one whose window it was cut to.
 */
export const fingerprintWindows = [
  [0, 0, 1, 1],
  [0.025, 0.025, 0.95, 0.95],
  [0.05, 0.05, 0.9, 0.9],
  [0.1, 0.1, 0.8, 0.8],
  [0.1, 0, 0.9, 1],
  [0, 0, 0.9, 1],
  [0, 0.1, 1, 0.9],
  [0, 0, 1, 0.9],
  [0, 0, 0.9, 0.9],
  [0.1, 0, 0.9, 0.9],
  [0, 0.1, 0.9, 0.9],
  [0.1, 0.1, 0.9, 0.9],
  [0.05, 0, 0.9, 0.9],
  [0.05, 0.1, 0.9, 0.9],
  [0, 0.05, 0.9, 0.9],
  [0.1, 0.05, 0.9, 0.9],
] as const satisfies readonly (readonly [left: number, top: number, width: number, height: number])[]

/** Of a fingerprint in hexadecimal, as it travels. */
export const fingerprintDigits = (fingerprintWindows.length * hashBits) / 4

export const fingerprintPattern = new RegExp(`^[0-9a-f]{${fingerprintDigits}}$`)

/** Two hashes are of the same picture when at most so many of their bits differ; of two pictures, about 128 do. */
export const alikeBitsMax = 58

/** Which wave each bit tells of, the widest first: half turns down and across, counted from 0. */
export const waveOfBit: readonly { readonly down: number; readonly across: number }[] = Array.from(
  { length: hashBits },
  (_, index) => ({ down: Math.floor(index / waves), across: index % waves }),
).sort((one, other) => one.down + one.across - other.down - other.across || one.down - other.down)

/** Bits in hexadecimal, the first of them in the highest place. */
export function writeBits(bits: ArrayLike<boolean>): string {
  let text = ''
  for (let at = 0; at < bits.length; at += 4)
    text += ((bits[at] ? 8 : 0) | (bits[at + 1] ? 4 : 0) | (bits[at + 2] ? 2 : 0) | (bits[at + 3] ? 1 : 0)).toString(16)
  return text
}

/**
 * The bits that change when a picture is mirrored: those of waves that begin at one edge with their height and end at
 * the other with their depth. So the hash of the mirrored picture needs no second look at the picture.
 */
export const mirrorBits = {
  across: writeBits(waveOfBit.map(({ across }) => across % 2 === 0)),
  down: writeBits(waveOfBit.map(({ down }) => down % 2 === 0)),
  both: writeBits(waveOfBit.map(({ across, down }) => (across % 2 === 0) !== (down % 2 === 0))),
} as const

/** A hash is found by its first bits, in pieces: the keys. Known-bad.ts in `db` makes them and asks for them. */
export const keysOfHash = 4
export const keyBits = 18
