import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { requireStepUp } from '../sessions/check-authority.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'
import type { Visitor } from '../trpc/visitor.ts'
import { readOwnPassword, type OwnPasswordRefusal, type ReadOwnPasswordDeps } from './read-own-password.ts'

export type DeleteAccountDeps = ReadOwnPasswordDeps & {
  readonly findSignedIn: () => Promise<EmailVerified<User> | null>
  /** Deletes the account and all that is its own, or nothing. `refused`: what was confirmed holds no more. */
  readonly deleteAccount: (wish: {
    readonly author: Author
    /** Null: confirmed by a code. */
    readonly passwordHash: string | null
    readonly nowMs: number
  }) => Promise<'deleted' | 'owns_groups' | 'last_administrator' | 'refused'>
  readonly clearSessionCookie: () => void
}

type DeleteRefusal = OwnPasswordRefusal | { readonly code: 'step_up_needed' | 'owns_groups' | 'last_administrator' }

/**
 * Ends an account for good: at once for everybody to see, and in S3 within minutes, of which a receipt is mailed.
 * Confirmed by the password or, without one, by a code entered lately.
 */
export async function deleteAccount(
  deps: DeleteAccountDeps,
  visitor: Visitor,
  password: string | null,
): Promise<Result<Record<never, never>, DeleteRefusal>> {
  const confirmed = password === null ? await confirmByCode(deps) : await readOwnPassword(deps, visitor, password)
  if (!confirmed.ok) return confirmed
  const { user, passwordHash } = confirmed.value
  const outcome = await deps.deleteAccount({ author: authorOf(user), passwordHash, nowMs: deps.nowMs() })
  if (outcome === 'refused') return refuse({ code: passwordHash === null ? 'step_up_needed' : 'wrong_password' })
  if (outcome !== 'deleted') return refuse({ code: outcome })
  deps.clearSessionCookie()
  return accept({})
}

async function confirmByCode(
  deps: Pick<DeleteAccountDeps, 'findSignedIn' | 'nowMs'>,
): Promise<Result<{ user: EmailVerified<User>; passwordHash: null }, { code: 'sign_in_needed' | 'step_up_needed' }>> {
  const user = await deps.findSignedIn()
  if (user === null) return refuse({ code: 'sign_in_needed' })
  const steppedUp = requireStepUp(user, deps.nowMs())
  return steppedUp.ok ? accept({ user: steppedUp.value, passwordHash: null }) : steppedUp
}
