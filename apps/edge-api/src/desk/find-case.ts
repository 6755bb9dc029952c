import type { CaseId, UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { CaseState, ReportReason, SubjectKind } from '@shoebox/shared/safety/reasons.ts'
import { requireModerator } from '../sessions/check-authority.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { CaseOutput } from './desk.schema.ts'
import { presentCase, type CaseRow, type SignEvidence } from './present-case.ts'
import type { DeskRefusal } from './summarise.ts'

export type CaseRead = {
  readonly found: CaseRow
  readonly reports: readonly {
    readonly reporterId: UserId
    readonly reporterName: string | null
    readonly reason: ReportReason
    readonly note: string
    readonly createdAt: Date
  }[]
  readonly history: {
    readonly cases: readonly {
      readonly id: CaseId
      readonly subjectKind: SubjectKind
      readonly isSameSubject: boolean
      readonly state: CaseState
      readonly reasons: readonly ReportReason[]
      readonly openedAt: Date
      readonly decidedAt: Date | null
    }[]
    readonly warnings: readonly { readonly reason: string; readonly at: Date }[]
    readonly bans: readonly {
      readonly reason: string
      readonly at: Date
      readonly endsAt: Date | null
      readonly liftedAt: Date | null
    }[]
  }
}

export type FindCaseDeps = {
  readonly nowMs: () => number
  readonly readCase: (caseId: CaseId) => Promise<CheckedRead<CaseRead | null> | null>
  readonly signEvidence: SignEvidence
}

/** One case with its reports and what there was about the same person before. */
export async function findCase(deps: FindCaseDeps, caseId: CaseId): Promise<Result<CaseOutput, DeskRefusal>> {
  const read = await deps.readCase(caseId)
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const moderator = requireModerator(read.user, deps.nowMs())
  if (!moderator.ok) return moderator
  if (read.data === null) return refuse({ code: 'not_found' })
  const { found, history } = read.data
  // Who reported them is no moderator's to know.
  const reports = found.personId === read.user.id ? [] : read.data.reports
  return accept({
    case: await presentCase(deps.signEvidence, found, read.user.id),
    reports: reports.map(({ reporterId, reporterName, reason, note, createdAt }) => ({
      reporter: { id: reporterId, name: reporterName },
      reason,
      note,
      createdAt: createdAt.toISOString(),
    })),
    history: {
      cases: history.cases.map((earlier) => ({
        ...earlier,
        reasons: [...earlier.reasons],
        openedAt: earlier.openedAt.toISOString(),
        decidedAt: earlier.decidedAt?.toISOString() ?? null,
      })),
      warnings: history.warnings.map(({ reason, at }) => ({ reason, at: at.toISOString() })),
      bans: history.bans.map(({ reason, at, endsAt, liftedAt }) => ({
        reason,
        at: at.toISOString(),
        endsAt: endsAt?.toISOString() ?? null,
        liftedAt: liftedAt?.toISOString() ?? null,
      })),
    },
  })
}
