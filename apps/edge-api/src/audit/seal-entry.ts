// What a use case that must be audited depends on: it seals what it is about to do and hands the entry to the statement
// that does it (packages/db/src/stores/audit-store.ts), which appends it only if that was done.
import type { AuditAct, AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'

export type SealDeps = {
  /** Gives the act its id and the key that binds it to the entry before. Asks nobody, and costs no trip. */
  readonly sealEntry: (act: AuditAct) => Promise<AuditEntry>
}
