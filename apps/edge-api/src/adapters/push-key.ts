import { toBase64url } from './base64.ts'

/** An uncompressed point of P-256, which a key's SPKI ends with. */
const pointBytes = 65

/** What browsers subscribe with: the point of a public key, base64url. @param pem SPKI, EC P-256 */
export function readPushKey(pem: string): string {
  const der = Uint8Array.from(atob(pem.replace(/-----[^-]+-----|\s/g, '')), (character) => character.charCodeAt(0))
  return toBase64url(der.slice(-pointBytes))
}
