import type { WarningId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'

export type AcknowledgeWarningDeps = {
  readonly nowMs: () => number
  /** False: they have no such warning. */
  readonly acknowledgeWarning: (wish: { author: Author; id: WarningId; nowMs: number }) => Promise<boolean>
}

/** Notes that somebody has read a warning of theirs. */
export async function acknowledgeWarning(
  deps: AcknowledgeWarningDeps,
  user: EmailVerified<User>,
  id: WarningId,
): Promise<Result<Record<never, never>, { code: 'not_found' }>> {
  const isTheirs = await deps.acknowledgeWarning({ author: authorOf(user), id, nowMs: deps.nowMs() })
  return isTheirs ? accept({}) : refuse({ code: 'not_found' })
}
