// The wiring of the audit log for whoever looks at it. compose.ts calls it with what it constructed, once for each request.
import * as audit from '@shoebox/db/stores/audit-read-store.ts'
import type { AuditDeps } from './audit/audit-deps.ts'
import type { GroupParts } from './compose-groups.ts'

export const composeAudit = ({ db, nowMs, sealEntry, checked }: GroupParts): AuditDeps => ({
  nowMs,
  sealEntry,
  readEntries: (wish) => checked((sessionId) => audit.findAuditEntries(db, { ...wish, sessionId, nowMs: nowMs() })),
  readGroupEntries: (wish) =>
    checked((sessionId) => audit.findGroupAuditEntries(db, { ...wish, sessionId, nowMs: nowMs() })),
  noteExport: (wish) => audit.noteExport(db, wish),
  noteGroupExport: (change) => audit.noteGroupExport(db, change),
})
