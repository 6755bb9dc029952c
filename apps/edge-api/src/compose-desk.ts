// The wiring of reports and of the desk that judges them: which store answers which question. compose.ts calls it with
// what it constructed, once for each request.
import type { EdgeDatabase } from '@shoebox/db/connect-http.ts'
import * as changes from '@shoebox/db/stores/desk-change-store.ts'
import * as desk from '@shoebox/db/stores/desk-store.ts'
import { reportSubject } from '@shoebox/db/stores/report-store.ts'
import type { Id } from '@shoebox/shared/ids.ts'
import { evidenceFolder, viewFolder } from '@shoebox/shared/upload/object-keys.ts'
import type { SealDeps } from './audit/seal-entry.ts'
import type { DeskDeps } from './desk/desk-deps.ts'
import type { ReportSubjectDeps } from './reports/report-subject.ts'
import type { SessionRow } from './sessions/lucia-adapter.ts'
import type { CheckedRead } from './sessions/signed-in.ts'

export type DeskParts = SealDeps & {
  readonly db: EdgeDatabase
  readonly nowMs: () => number
  /** Checks the cookie's session and reads for its user in the same trip. */
  readonly checked: <T>(
    read: (sessionId: string) => Promise<{ session: SessionRow | null; data: T }>,
  ) => Promise<CheckedRead<T> | null>
}

/** As long as any signature, and the code that opens the desk. */
const evidenceSeconds = 15 * 60
/** Long enough to look once. */
const glassSeconds = 5 * 60

/** Makes addresses below a folder open for so many seconds. */
type SignFolder = (folder: string, seconds: number) => ReturnType<DeskDeps['signEvidence']>

export function composeDesk({ db, nowMs, sealEntry, checked }: DeskParts, signFolder: SignFolder): DeskDeps {
  return {
    nowMs,
    sealEntry,
    readUndecidedCount: () => checked((sessionId) => desk.countUndecided(db, { sessionId, nowMs: nowMs() })),
    readCases: (wish) => checked((sessionId) => desk.findCases(db, { ...wish, sessionId, nowMs: nowMs() })),
    readCase: (caseId) => checked((sessionId) => desk.findCase(db, { sessionId, caseId, nowMs: nowMs() })),
    decideCase: (decision) => changes.decideCase(db, decision),
    breakGlass: (wish) => changes.breakGlass(db, wish),
    signEvidence: (evidenceId) => signFolder(evidenceFolder(evidenceId), evidenceSeconds),
    signShortly: (mediaId, generation) => signFolder(viewFolder(mediaId, generation), glassSeconds),
  }
}

export const composeReports = (
  { db, nowMs }: DeskParts,
  newId: <K extends 'report' | 'case' | 'evidence'>(kind: K) => Id<K>,
): ReportSubjectDeps => ({
  nowMs,
  newReportIds: () => ({ id: newId('report'), caseId: newId('case'), evidenceId: newId('evidence') }),
  reportSubject: (report) => reportSubject(db, report),
})
