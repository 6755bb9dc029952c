// Sealing an entry of the audit log: giving it an id and the key that binds it, derived from a secret that Postgres never
// sees. Called by the Worker before it acts, by commands that act, and by whoever verifies.
import { uuidOf, type AuditId } from '@shoebox/shared/ids.ts'
import { labelRowKey, padRowKey, type AuditAct, type AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'

export type SealEntry = (act: AuditAct) => Promise<AuditEntry>

/** Derives the key of one entry, 32 bytes, from its UUID. */
export type DeriveRowKey = (uuid: string) => Promise<Uint8Array>

/** @param secret AUDIT_HMAC_KEY */
export async function makeDeriveRowKey(secret: string): Promise<DeriveRowKey> {
  const encoder = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign'])
  return async (uuid) => new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(labelRowKey(uuid))))
}

export const makeSealEntry =
  (deriveRowKey: DeriveRowKey, newId: () => AuditId): SealEntry =>
  async (act) => {
    const id = newId()
    return { ...act, id, rowKey: padRowKey(await deriveRowKey(uuidOf(id))) }
  }
