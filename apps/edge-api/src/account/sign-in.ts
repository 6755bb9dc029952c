import type { UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { User } from '../sessions/signed-in.ts'
import type { Visitor } from '../trpc/visitor.ts'
import type { SignInInput } from './account.schema.ts'
import { beginSession, type BeginSessionDeps, type Entered, type Entry } from './begin-session.ts'
import { judgeCharges, planCharges, type Charge, type Charged, type PlanChargesDeps } from './rate-limits.ts'
import type { RateLimited } from './rate-limits.ts'
import { refuseBanned, type Banned } from './refuse-banned.ts'
import type { BanNotice } from './code-mail.ts'

export type Account = User & {
  /** Null: this account opens by code only. */
  readonly passwordHash: string | null
}

export type SignInDeps = PlanChargesDeps &
  BeginSessionDeps & {
    /** Counts the charges and reads the account of the address, in one trip. */
    readonly findAccount: (
      email: string,
      charges: readonly Charge[],
    ) => Promise<{ readonly counted: readonly Charged[]; readonly account: Account | null }>
    /** Against null it does the same work and finds it wrong. */
    readonly isPassword: (passwordHash: string | null, password: string) => Promise<boolean>
    /** Writes the session and removes the one that the browser had before. Null: the password is another by now. */
    readonly enterWithPassword: (
      entry: Entry & { readonly userId: UserId; readonly passwordHash: string },
    ) => Promise<
      ({ readonly outcome: 'opened' } & Entered) | { readonly outcome: 'banned'; readonly ban: BanNotice | null } | null
    >
  }

/**
 * Opens a session. Unknown address and wrong password get the same answer after the same work; that somebody is banned is
 * told to whoever knows the password.
 */
export async function signIn(
  deps: SignInDeps,
  visitor: Visitor,
  { email, password }: SignInInput,
): Promise<Result<{ user: User }, RateLimited | Banned | { readonly code: 'wrong_credentials' }>> {
  const charges = await planCharges(deps, 'sign-in', { address: email, network: visitor.network })
  const { counted, account } = await deps.findAccount(email, charges)
  const allowed = judgeCharges(charges, counted, deps.nowMs())
  if (!allowed.ok) return allowed

  const passwordHash = account?.passwordHash ?? null
  const isRight = await deps.isPassword(passwordHash, password)
  if (account === null || passwordHash === null || !isRight) return refuse({ code: 'wrong_credentials' })

  const { written, begin } = await beginSession(deps, visitor, account.id, (entry) =>
    deps.enterWithPassword({ ...entry, userId: account.id, passwordHash }),
  )
  if (written === null) return refuse({ code: 'wrong_credentials' })
  return written.outcome === 'banned' ? refuse(refuseBanned(written.ban)) : accept(begin(written))
}
