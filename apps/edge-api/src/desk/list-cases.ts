import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { SubjectKind } from '@shoebox/shared/safety/reasons.ts'
import { requireModerator } from '../sessions/check-authority.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import { readCaseCursor, writeCaseCursor, type CasePosition } from './case-cursor.ts'
import type { CasesInput, CasesOutput } from './desk.schema.ts'
import { presentCase, type CaseRow, type SignEvidence } from './present-case.ts'
import type { DeskRefusal } from './summarise.ts'

export type ListCasesDeps = {
  readonly nowMs: () => number
  readonly readCases: (wish: {
    isDecided: boolean
    subjectKind: SubjectKind | null
    place: 'feed' | 'groups' | null
    after: CasePosition | null
    rowsMax: number
  }) => Promise<CheckedRead<readonly CaseRow[]> | null>
  readonly signEvidence: SignEvidence
}

/** A page of what waits on the desk, or of what was decided. */
export async function listCases(
  deps: ListCasesDeps,
  { isDecided, subjectKind, place, cursor, size }: CasesInput,
): Promise<Result<CasesOutput, DeskRefusal | { code: 'invalid_input' }>> {
  const after = cursor === undefined ? null : readCaseCursor(cursor)
  if (cursor !== undefined && after === null) return refuse({ code: 'invalid_input' })
  const filter = { isDecided, subjectKind: subjectKind ?? null, place: place ?? null }
  const read = await deps.readCases({ ...filter, after, rowsMax: size + 1 })
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const moderator = requireModerator(read.user, deps.nowMs())
  if (!moderator.ok) return moderator
  const shown = read.data.slice(0, size)
  const last = read.data.length > size ? shown.at(-1) : undefined
  const at = (row: CaseRow) => (isDecided ? (row.decidedAt ?? row.openedAt) : row.openedAt)
  return accept({
    cases: await Promise.all(shown.map((row) => presentCase(deps.signEvidence, row, read.user.id))),
    nextCursor: last === undefined ? null : writeCaseCursor({ atMs: at(last).getTime(), id: last.id }),
  })
}
