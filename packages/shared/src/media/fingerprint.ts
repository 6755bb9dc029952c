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

/** In hexadecimal, as it travels. */
export const fingerprintPattern = new RegExp(`^[0-9a-f]{${(fingerprintWindows.length * hashBits) / 4}}$`)

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

/** A hash is found by its first bits, in pieces: the keys. */
export const keysOfHash = 4
export const keyBits = 18

/**
 * The keys under which hashes lie that may be alike to this one, mirrored or not: its own, and those that differ in one
 * bit. Whatever differs in less than twice as many of those bits as there are keys is found for certain.
 * @param hash in hexadecimal
 */
export function planProbes(hash: string): number[] {
  const probes: number[] = []
  for (const mirror of [null, mirrorBits.across, mirrorBits.down, mirrorBits.both]) {
    for (let place = 0; place < keysOfHash; place += 1) {
      const own = readKey(hash, place) ^ (mirror === null ? 0 : readKey(mirror, place))
      probes.push(nameKey(place, own))
      for (let bit = 0; bit < keyBits; bit += 1) probes.push(nameKey(place, own ^ (1 << bit)))
    }
  }
  return probes
}

/** The bits of a hash that make its key of this place. */
export const readKey = (hash: string, place: number): number =>
  Number((BigInt(`0x${hash}`) >> BigInt(hashBits - (place + 1) * keyBits)) % BigInt(2 ** keyBits))

/** A key and its place in one number: the same bits elsewhere mean something else. */
const nameKey = (place: number, key: number): number => place * 2 ** keyBits + key
