// An entry of the audit log on its way into Postgres, and how it is bound to the one before it: as HMAC-SHA-256 with a
// key for this entry alone. Postgres computes it when it appends, with nothing but its own SHA-256; whoever verifies
// does with the secret that those keys are derived from.
import type { AuditId, GroupId, Id, IdKind, UserId } from '../ids.ts'
import type { AuditAction, AuditSubjectKind } from './audit-actions.ts'

/** Ids, words of ours and numbers. Nothing that a person wrote: it could never be deleted again. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>

/** What was done, before it is sealed. */
export type AuditAct = {
  /** Whose chain it is written into; null: the site's. */
  readonly chain: GroupId | null
  readonly action: AuditAction
  /** Null: whoever operates the system, from outside of it. */
  readonly actorId: UserId | null
  readonly subject: { readonly kind: AuditSubjectKind; readonly id: Id<IdKind> | null }
  readonly detail?: AuditDetail
  readonly atMs: number
}

/** With the key that this entry is bound by. Used once, and never kept. */
export type AuditEntry = AuditAct & { readonly id: AuditId; readonly rowKey: string }

/** Of a row of the log, with ids as Postgres writes them. */
export type AuditBody = {
  readonly seq: number
  readonly id: string
  readonly chain: string
  readonly action: string
  readonly actorId: string | null
  readonly subjectKind: string
  readonly subjectId: string | null
  readonly at: Date
  /** As Postgres writes its jsonb. */
  readonly detail: string
}

/** The site's chain; a group's has the group's UUID. */
export const siteChain = '00000000-0000-0000-0000-000000000000'

/** What stands before the first entry of a chain: 32 bytes of nothing. */
export const genesisMac = '00'.repeat(32)

/**
 * What an entry's MAC covers after the MAC before it. The function `chain_audit_entry` in Postgres writes the same, byte
 * by byte. No field but the last can hold a line break, and that one never does.
 */
export const writeAuditBody = (body: AuditBody): string =>
  [
    body.seq,
    body.id,
    body.chain,
    body.action,
    body.actorId ?? '-',
    body.subjectKind,
    body.subjectId ?? '-',
    body.at.toISOString(),
    body.detail,
  ].join('\n')

/** What the key of an entry is derived from the secret with: HMAC-SHA-256 of this text. */
export const labelRowKey = (uuid: string): string => `audit ${uuid}`

const blockBytes = 64

/**
 * HMAC's two inner keys (RFC 2104), one after the other in hexadecimal: with them nothing is left to do but two SHA-256.
 * @param key 32 bytes
 */
export function padRowKey(key: Uint8Array): string {
  const pad = (with_: number): string =>
    Array.from({ length: blockBytes }, (_, n) => ((key[n] ?? 0) ^ with_).toString(16).padStart(2, '0')).join('')
  return pad(0x36) + pad(0x5c)
}
