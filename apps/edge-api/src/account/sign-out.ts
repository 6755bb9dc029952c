import type { Visitor } from '../trpc/visitor.ts'

export type SignOutDeps = {
  readonly closeSession: (token: string) => Promise<void>
  readonly clearSessionCookie: () => void
}

/** Ends the session for good and forgets the cookie. Signing out when signed out is fine. */
export async function signOut(deps: SignOutDeps, visitor: Visitor): Promise<Record<never, never>> {
  if (visitor.sessionToken !== null) await deps.closeSession(visitor.sessionToken)
  deps.clearSessionCookie()
  return {}
}
