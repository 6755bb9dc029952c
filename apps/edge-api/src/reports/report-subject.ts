import type { CaseId, EvidenceId, ReportId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'
import type { ReportInput } from './reports.schema.ts'

export type ReportSubjectDeps = {
  readonly nowMs: () => number
  readonly newReportIds: () => { id: ReportId; caseId: CaseId; evidenceId: EvidenceId }
  readonly reportSubject: (
    report: ReportInput &
      ReturnType<ReportSubjectDeps['newReportIds']> & { author: Author; perHourMax: number; nowMs: number },
  ) => Promise<'reported' | 'already_reported' | 'too_many' | 'not_found'>
}

/** Enough for somebody who goes through a whole gallery, too few to bury the desk. */
const perHourMax = 30

type Refusal = { code: 'not_found' | 'already_reported' } | { code: 'rate_limited'; retryAfterSeconds: number }

/** Reports what somebody sees and did not make themselves. */
export async function reportSubject(
  deps: ReportSubjectDeps,
  user: EmailVerified<User>,
  input: ReportInput,
): Promise<Result<Record<never, never>, Refusal>> {
  const outcome = await deps.reportSubject({
    ...input,
    ...deps.newReportIds(),
    author: authorOf(user),
    perHourMax,
    nowMs: deps.nowMs(),
  })
  if (outcome === 'reported') return accept({})
  return outcome === 'too_many'
    ? refuse({ code: 'rate_limited', retryAfterSeconds: 60 * 60 })
    : refuse({ code: outcome })
}
