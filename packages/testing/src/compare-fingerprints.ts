// Holds fingerprints against one another as the persister's statement does, for tests and measurements that make many.
import { alikeBitsMax, hashBits, keyBits, keysOfHash, mirrorBits } from '@shoebox/shared/media/fingerprint.ts'

const digits = hashBits / 4

/** All that is kept of a removed picture. */
export type KnownFingerprint = { readonly hashes: readonly bigint[]; readonly keys: ReadonlySet<number> }

export function knowFingerprint(fingerprint: string): KnownFingerprint {
  const hashes = Array.from({ length: fingerprint.length / digits }, (_, at) =>
    fingerprint.slice(at * digits, (at + 1) * digits),
  )
  const keys = hashes.flatMap((hash) => Array.from({ length: keysOfHash }, (_, place) => keyOf(hash, place)))
  return { hashes: hashes.map(toBits), keys: new Set(keys) }
}

/** What is asked for an upload. */
export type AskedFingerprint = { readonly hashes: readonly bigint[]; readonly probes: readonly number[] }

export function askFingerprint(fingerprint: string): AskedFingerprint {
  const own = fingerprint.slice(0, digits)
  const mirrors = [mirrorBits.across, mirrorBits.down, mirrorBits.both].map((mirror) => toBits(own) ^ toBits(mirror))
  return { hashes: [toBits(own), ...mirrors], probes: planProbes(own) }
}

export const isAlike = (known: KnownFingerprint, asked: AskedFingerprint): boolean =>
  asked.probes.some((probe) => known.keys.has(probe)) &&
  known.hashes.some((one) => asked.hashes.some((other) => countBits(one ^ other) <= alikeBitsMax))

/** A hash's own keys, those that differ in one bit, and the same of its mirrors. */
export function planProbes(hash: string): number[] {
  const mirrored = [mirrorBits.across, mirrorBits.down, mirrorBits.both].map((mirror) =>
    (toBits(hash) ^ toBits(mirror)).toString(16).padStart(digits, '0'),
  )
  const flips = [0, ...Array.from({ length: keyBits }, (_, bit) => 1 << bit)]
  return [hash, ...mirrored].flatMap((one) =>
    Array.from({ length: keysOfHash }, (_, place) => flips.map((flip) => keyOf(one, place) ^ flip)).flat(),
  )
}

/** The bits that make its key of this place, and the place: the same bits elsewhere mean something else. */
const keyOf = (hash: string, place: number): number =>
  place * 2 ** keyBits + Number((toBits(hash) >> BigInt(hashBits - (place + 1) * keyBits)) % BigInt(2 ** keyBits))

const toBits = (hexadecimal: string): bigint => BigInt(`0x${hexadecimal}`)

function countBits(bits: bigint): number {
  let count = 0
  for (let rest = bits; rest > 0n; rest >>= 32n) {
    let word = Number(rest & 0xffffffffn)
    word -= (word >>> 1) & 0x55555555
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333)
    count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return count
}
