import { authorOf, type Author, type EmailVerified, type User } from './signed-in.ts'

export type RevokeOthersDeps = {
  readonly nowMs: () => number
  readonly endOtherSessions: (wish: { readonly author: Author; readonly nowMs: number }) => Promise<number>
}

/** Ends all of one's own sessions but the present one. */
export async function revokeOthers(deps: RevokeOthersDeps, user: EmailVerified<User>): Promise<{ ended: number }> {
  return { ended: await deps.endOtherSessions({ author: authorOf(user), nowMs: deps.nowMs() }) }
}
