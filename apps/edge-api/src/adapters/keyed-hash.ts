// Hashes that only somebody with our key can make or check: of codes, so that a stolen table does not give up its
// million possible codes, and of what limits count by, so that it holds neither addresses nor networks.
import type { VerificationId } from '@shoebox/shared/ids.ts'
import { toBase64url } from './base64.ts'

export type KeyedHash = {
  /** Bound to its attempt: the same code for another attempt has another hash. */
  readonly hashCode: (verificationId: VerificationId, code: string) => Promise<string>
  readonly hashLimitKey: (text: string) => Promise<string>
  /** What bans know an address by: it outlives the account. */
  readonly hashAddress: (email: string) => Promise<string>
}

export async function makeKeyedHash(secret: string): Promise<KeyedHash> {
  const encoder = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign'])
  const hash = async (text: string) => toBase64url(await crypto.subtle.sign('HMAC', key, encoder.encode(text)))
  // The first word keeps the uses apart: no limit key can ever equal a code's hash.
  return {
    hashCode: (verificationId, code) => hash(`code ${verificationId} ${code}`),
    hashLimitKey: (text) => hash(`limit ${text}`),
    hashAddress: (email) => hash(`address ${email}`),
  }
}
