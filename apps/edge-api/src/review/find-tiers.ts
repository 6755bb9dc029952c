import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { ReviewTier } from '@shoebox/shared/safety/review-tiers.ts'
import type { DeskRefusal } from '../desk/summarise.ts'
import { requireModerator } from '../sessions/check-authority.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { TiersOutput } from './review.schema.ts'

export type FindTiersDeps = {
  readonly nowMs: () => number
  readonly readTiers: () => Promise<CheckedRead<readonly ReviewTier[]> | null>
}

/** Whose public posts wait for a review. */
export async function findTiers(deps: FindTiersDeps): Promise<Result<TiersOutput, DeskRefusal>> {
  const read = await deps.readTiers()
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const moderator = requireModerator(read.user, deps.nowMs())
  return moderator.ok ? accept({ tiers: [...read.data] }) : moderator
}
