// The SQL of the audit log, for people to review; see sql-snapshots.test.ts.
import { expect, test } from 'vitest'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { audited } from '@shoebox/testing/seal-audit.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import * as reading from './audit-read-store.ts'
import { recordSql } from './record-sql.ts'
import { showSql } from './show-sql.ts'

const at = new Date('2026-06-15T12:00:00.000Z')
const [userId, groupId] = [numberedId('user', 1), numberedId('group', 1)]
const by = { author: { userId, sessionId: 'session' }, nowMs: at.getTime() }
const page = { sessionId: 'session', nowMs: at.getTime(), before: numberedId('audit', 1), rowsMax: 31 }
const filter = { action: 'plan.set', actorId: userId, subjectId: userId, from: at, to: at } as const

const calls: Record<keyof typeof reading, (db: EdgeDatabase) => Promise<unknown>> = {
  findAuditEntries: (db) => reading.findAuditEntries(db, { ...page, ...filter, chain: 'site' }),
  findGroupAuditEntries: (db) => reading.findGroupAuditEntries(db, { ...page, groupId }),
  noteExport: (db) => audited(reading.noteExport)(db, by),
  noteGroupExport: (db) => audited(reading.noteGroupExport)(db, { ...by, groupId }),
}

test('the SQL of audit-read-store is the reviewed one', async () => {
  const parts: string[] = []
  for (const [call, run] of Object.entries(calls)) parts.push(showSql(call, await recordSql(run)))
  await expect(parts.join('\n')).toMatchFileSnapshot('../../sql/audit-read-store.sql')
})
