import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { authorOf, type Author, type EmailVerified, type User } from './signed-in.ts'

export type RevokeSessionDeps = {
  readonly nowMs: () => number
  /** False: the author has no session by that id. */
  readonly endSession: (wish: {
    readonly author: Author
    readonly id: string
    readonly nowMs: number
  }) => Promise<boolean>
  readonly clearSessionCookie: () => void
}

/** Ends one of one's own sessions; ending the present one is signing out. */
export async function revokeSession(
  deps: RevokeSessionDeps,
  user: EmailVerified<User>,
  id: string,
): Promise<Result<Record<never, never>, { code: 'not_found' }>> {
  if (!(await deps.endSession({ author: authorOf(user), id, nowMs: deps.nowMs() })))
    return refuse({ code: 'not_found' })
  if (id === user.sessionId) deps.clearSessionCookie()
  return accept({})
}
