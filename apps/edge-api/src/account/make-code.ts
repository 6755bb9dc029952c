import { codeDigits } from '@shoebox/shared/account/codes.ts'

/**
 * Six random digits, each code equally likely.
 * @param randomBytes a cryptographic source
 */
export function makeCode(randomBytes: (length: number) => Uint8Array): string {
  const codes = 10 ** codeDigits
  // The last, incomplete run of the 32-bit range would make low codes likelier: draw again.
  const bound = Math.floor(2 ** 32 / codes) * codes
  for (;;) {
    const bytes = randomBytes(4)
    const drawn = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0)
    if (drawn < bound) return String(drawn % codes).padStart(codeDigits, '0')
  }
}
