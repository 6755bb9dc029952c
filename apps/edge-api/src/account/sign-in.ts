import type { UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { NewSession, OpenSession } from '../sessions/open-session.ts'
import type { User } from '../sessions/signed-in.ts'
import type { Visitor } from '../trpc/visitor.ts'
import type { SignInInput } from './account.schema.ts'
import { judgeCharges, planCharges, type Charge, type Charged, type PlanChargesDeps } from './rate-limits.ts'
import type { RateLimited } from './rate-limits.ts'

export type Account = {
  readonly id: UserId
  readonly name: string
  readonly email: string
  readonly passwordHash: string
}

export type SignInDeps = PlanChargesDeps & {
  /** Counts the charges and reads the account of the address, in one trip. */
  readonly findAccount: (
    email: string,
    charges: readonly Charge[],
  ) => Promise<{ readonly counted: readonly Charged[]; readonly account: Account | null }>
  /** Against null it does the same work and finds it wrong. */
  readonly isPassword: (passwordHash: string | null, password: string) => Promise<boolean>
  readonly openSession: OpenSession
  /** Writes the session and removes the one that the browser had before. */
  readonly writeSession: (session: NewSession, replacedToken: string | null) => Promise<void>
  readonly setSessionCookie: (token: string) => void
}

/** Opens a session. Unknown address and wrong password get the same answer after the same work. */
export async function signIn(
  deps: SignInDeps,
  visitor: Visitor,
  { email, password }: SignInInput,
): Promise<Result<{ user: User }, RateLimited | { readonly code: 'wrong_credentials' }>> {
  const charges = await planCharges(deps, 'sign-in', { address: email, network: visitor.network })
  const { counted, account } = await deps.findAccount(email, charges)
  const allowed = judgeCharges(charges, counted, deps.nowMs())
  if (!allowed.ok) return allowed

  const isRight = await deps.isPassword(account?.passwordHash ?? null, password)
  if (account === null || !isRight) return refuse({ code: 'wrong_credentials' })

  // Always a new token: one that somebody planted in the browser before never becomes a signed-in session.
  const { token } = await deps.openSession({ userId: account.id, userAgent: visitor.userAgent }, (session) =>
    deps.writeSession(session, visitor.sessionToken),
  )
  deps.setSessionCookie(token)
  return accept({ user: { id: account.id, name: account.name, email: account.email } })
}
