// The SQL of reports and of the desk, for people to review; see sql-snapshots.test.ts.
import { expect, test } from 'vitest'
import { decisions, subjectKinds } from '@shoebox/shared/safety/reasons.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { sealForTest } from '@shoebox/testing/seal-audit.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import * as changing from './desk-change-store.ts'
import * as reading from './desk-store.ts'
import { recordSql } from './record-sql.ts'
import { reportSubject, type Subject } from './report-store.ts'
import { showSql } from './show-sql.ts'

const nowMs = Date.parse('2026-06-15T12:00:00.000Z')
const sessionId = 'session'
const [userId, mediaId, caseId] = [numberedId('user', 1), numberedId('media', 1), numberedId('case', 1)]
const author = { userId, sessionId }
const entry = sealForTest({
  chain: null,
  action: 'item.removed',
  actorId: userId,
  subject: { kind: 'case', id: caseId },
  atMs: nowMs,
})
const read = { sessionId, nowMs }
const page = { ...read, subjectKind: null, place: null, after: { atMs: nowMs, id: caseId }, rowsMax: 31 } as const
const subjects = {
  item: { kind: 'item', id: mediaId },
  comment: { kind: 'comment', id: numberedId('comment', 1) },
  person: { kind: 'person', id: userId },
} satisfies Record<(typeof subjectKinds)[number], Subject>

const calls: Record<string, Record<string, (db: EdgeDatabase) => Promise<unknown>>> = {
  'report-store': Object.fromEntries(
    subjectKinds.map((kind) => [
      `reportSubject (${kind})`,
      (db) =>
        reportSubject(db, {
          author,
          id: numberedId('report', 1),
          caseId,
          evidenceId: numberedId('evidence', 1),
          subject: subjects[kind],
          reason: 'hate',
          note: '',
          perHourMax: 30,
          nowMs,
        }),
    ]),
  ),
  'desk-store': {
    countUndecided: (db) => reading.countUndecided(db, read),
    'findCases (waiting)': (db) => reading.findCases(db, { ...page, isDecided: false }),
    'findCases (decided)': (db) => reading.findCases(db, { ...page, isDecided: true }),
    findCase: (db) => reading.findCase(db, { ...read, caseId }),
  },
  'desk-change-store': {
    ...Object.fromEntries(
      decisions.map((decision) => [
        `decideCase (${decision})`,
        (db: EdgeDatabase) =>
          changing.decideCase(db, {
            author,
            caseId,
            decision,
            note: '',
            entries: { comment: entry, other: entry, known: entry },
            nowMs,
          }),
      ]),
    ),
    breakGlass: (db) => changing.breakGlass(db, { author, mediaId, entry, nowMs }),
  },
}

test.each(Object.entries(calls))('the SQL of %s is the reviewed one', async (name, functions) => {
  const parts: string[] = []
  for (const [call, run] of Object.entries(functions)) parts.push(showSql(call, await recordSql(run)))
  await expect(parts.join('\n')).toMatchFileSnapshot(`../../sql/${name}.sql`)
})
