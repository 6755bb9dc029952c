/** An ECDSA signature as CloudFront reads it (ASN.1 DER) from the two 32-byte numbers that WebCrypto returns. */
export function derSignature(raw: Uint8Array): Uint8Array {
  const numbers = [raw.subarray(0, 32), raw.subarray(32)].map(derInteger)
  const length = numbers.reduce((sum, number) => sum + number.length, 0)
  return Uint8Array.of(0x30, length, ...numbers.flatMap((number) => [...number]))
}

/** Shortest form: no leading zeros, but one where the first bit would make the number negative. */
function derInteger(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = first < 0 ? Uint8Array.of(0) : bytes.subarray(first)
  const isNegative = ((digits[0] ?? 0) & 0x80) !== 0
  return Uint8Array.of(0x02, digits.length + (isNegative ? 1 : 0), ...(isNegative ? [0] : []), ...digits)
}
