import type { UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import {
  judgeCharges,
  planCharges,
  type Charge,
  type Charged,
  type PlanChargesDeps,
  type RateLimited,
} from '../account/rate-limits.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'
import { blockedMax } from './list-blocked.ts'

export type BlockPersonDeps = PlanChargesDeps & {
  /** Counts, and blocks them unless they are; says whether they are there, and blocked then. */
  readonly addBlock: (block: {
    author: Author
    userId: UserId
    charges: readonly Charge[]
    blocksMax: number
    nowMs: number
  }) => Promise<{ counted: readonly Charged[]; isThere: boolean; isBlocked: boolean }>
}

/**
 * Keeps somebody and the author apart from now on, both ways. A second time changes nothing. Nobody is told, and whoever
 * blocked the author can be blocked all the same.
 */
export async function blockPerson(
  deps: BlockPersonDeps,
  user: EmailVerified<User>,
  userId: UserId,
): Promise<Result<Record<never, never>, { code: 'blocks_self' | 'not_found' | 'too_many_blocked' } | RateLimited>> {
  if (userId === user.id) return refuse({ code: 'blocks_self' })
  const charges = await planCharges(deps, 'block', { person: user.id })
  const nowMs = deps.nowMs()
  const { counted, isThere, isBlocked } = await deps.addBlock({
    author: authorOf(user),
    userId,
    charges,
    blocksMax: blockedMax,
    nowMs,
  })
  const allowed = judgeCharges(charges, counted, nowMs)
  if (!allowed.ok) return allowed
  if (isBlocked) return accept({})
  return refuse({ code: isThere ? 'too_many_blocked' : 'not_found' })
}
