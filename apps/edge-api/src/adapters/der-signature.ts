/** Two numbers of 33 bytes, each behind two bytes of its own, behind two of the whole. */
const bytesMax = 72

/** An ECDSA signature as CloudFront reads it (ASN.1 DER) from the two 32-byte numbers that WebCrypto returns. */
export function derSignature(raw: Uint8Array): Uint8Array {
  const der = new Uint8Array(bytesMax)
  const end = writeInteger(der, writeInteger(der, 2, raw.subarray(0, 32)), raw.subarray(32))
  der[0] = 0x30
  der[1] = end - 2
  return der.subarray(0, end)
}

/**
 * Shortest form: no leading zeros, but one where the first bit would make the number negative.
 * @returns where the next one begins
 */
function writeInteger(der: Uint8Array, at: number, bytes: Uint8Array): number {
  let first = 0
  while (first < bytes.length - 1 && bytes[first] === 0) first += 1
  const signBytes = ((bytes[first] ?? 0) & 0x80) === 0 ? 0 : 1
  const length = bytes.length - first + signBytes
  der[at] = 0x02
  der[at + 1] = length
  der.set(bytes.subarray(first), at + 2 + signBytes)
  return at + 2 + length
}
