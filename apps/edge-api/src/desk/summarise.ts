import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { requireModerator } from '../sessions/check-authority.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { SummaryOutput } from './desk.schema.ts'

export type SummariseDeps = {
  readonly nowMs: () => number
  readonly readUndecidedCount: () => Promise<CheckedRead<number> | null>
}

export type DeskRefusal = { code: 'sign_in_needed' | 'not_found' | 'step_up_needed' }

/** What waits on the desk. Also how a client learns whether it may open it, and whether it has to ask for a code. */
export async function summarise(deps: SummariseDeps): Promise<Result<SummaryOutput, DeskRefusal>> {
  const read = await deps.readUndecidedCount()
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const moderator = requireModerator(read.user, deps.nowMs())
  return moderator.ok ? accept({ undecided: read.data }) : moderator
}
