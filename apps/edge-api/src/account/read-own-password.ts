// Asking somebody who is signed in for their password once more, before what a borrowed browser must not do.
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { CheckedRead, EmailVerified, User } from '../sessions/signed-in.ts'
import type { Visitor } from '../trpc/visitor.ts'
import { judgeCharges, planCharges, sortCharges, type Charge, type Charged } from './rate-limits.ts'
import type { PlanChargesDeps, RateLimited } from './rate-limits.ts'

export type OwnPassword = { readonly counted: readonly Charged[]; readonly passwordHash: string | null }

export type ReadOwnPasswordDeps = PlanChargesDeps & {
  /** Counts the charges, checks the session and reads its user's password, in one trip. */
  readonly findOwnPassword: (charges: readonly Charge[]) => Promise<CheckedRead<OwnPassword> | null>
  readonly isPassword: (passwordHash: string | null, password: string) => Promise<boolean>
}

export type OwnPasswordRefusal = RateLimited | { readonly code: 'sign_in_needed' | 'wrong_password' }

/** @param more charges of the call itself, counted in the same trip */
export async function readOwnPassword(
  deps: ReadOwnPasswordDeps,
  visitor: Visitor,
  password: string,
  more: readonly Charge[] = [],
): Promise<Result<{ user: EmailVerified<User>; passwordHash: string }, OwnPasswordRefusal>> {
  const subject = { network: visitor.network, session: visitor.sessionToken ?? '' }
  const charges = sortCharges([...(await planCharges(deps, 'confirm-password', subject)), ...more])
  const read = await deps.findOwnPassword(charges)
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const { counted, passwordHash } = read.data
  const allowed = judgeCharges(charges, counted, deps.nowMs())
  if (!allowed.ok) return allowed
  const isRight = await deps.isPassword(passwordHash, password)
  if (passwordHash === null || !isRight) return refuse({ code: 'wrong_password' })
  return accept({ user: read.user, passwordHash })
}
