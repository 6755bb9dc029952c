import type { UserId, VerificationId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { NewSession, OpenSession } from '../sessions/open-session.ts'
import type { User } from '../sessions/signed-in.ts'
import type { Visitor } from '../trpc/visitor.ts'
import type { VerifySignUpInput } from './account.schema.ts'
import { judgeCharges, planCharges, type Charge, type Charged, type PlanChargesDeps } from './rate-limits.ts'
import type { RateLimited } from './rate-limits.ts'

export type EnteredCode = {
  readonly verificationId: VerificationId
  readonly codeHash: string
  readonly userId: UserId
  readonly session: NewSession
  readonly charges: readonly Charge[]
  readonly nowMs: number
}

/**
 * What became of an entered code. `spent`: used, expired, out of attempts, or somebody finished another attempt for
 * the same address first.
 */
export type EnteredCodeOutcome =
  | { readonly outcome: 'opened'; readonly user: User }
  | { readonly outcome: 'wrong' | 'spent' | 'unknown' | 'limited' }

export type VerifySignUpDeps = PlanChargesDeps & {
  readonly newUserId: () => UserId
  readonly hashCode: (verificationId: VerificationId, code: string) => Promise<string>
  /** Counts the attempt and, if the code is right, makes account and session: all in one statement, or nothing. */
  readonly enterCode: (
    entered: EnteredCode,
  ) => Promise<{ readonly counted: readonly Charged[]; readonly result: EnteredCodeOutcome }>
  readonly openSession: OpenSession
  readonly setSessionCookie: (token: string) => void
}

type VerifyRefusal = RateLimited | { readonly code: 'wrong_code' | 'code_spent' | 'not_found' }

/** Enters the code of a sign-up: the account begins here, signed in. */
export async function verifySignUp(
  deps: VerifySignUpDeps,
  visitor: Visitor,
  { verificationId, code }: VerifySignUpInput,
): Promise<Result<{ user: User }, VerifyRefusal>> {
  const userId = deps.newUserId()
  const charges = await planCharges(deps, 'enter-code', { network: visitor.network })
  const codeHash = await deps.hashCode(verificationId, code)
  const nowMs = deps.nowMs()
  const { token, written } = await deps.openSession({ userId, userAgent: visitor.userAgent }, (session) =>
    deps.enterCode({ verificationId, codeHash, userId, session, charges, nowMs }),
  )
  const allowed = judgeCharges(charges, written.counted, nowMs)
  if (!allowed.ok) return allowed
  const { result } = written
  if (result.outcome !== 'opened') return refuse({ code: refusalByOutcome[result.outcome] })
  deps.setSessionCookie(token)
  return accept({ user: result.user })
}

const refusalByOutcome = {
  wrong: 'wrong_code',
  spent: 'code_spent',
  unknown: 'not_found',
  // Only when the counts of this very call say so, which is answered above.
  limited: 'code_spent',
} as const
