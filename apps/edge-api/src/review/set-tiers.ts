import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { ReviewTier } from '@shoebox/shared/safety/review-tiers.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { authorOf, type Administrator, type Author } from '../sessions/signed-in.ts'
import type { TiersOutput } from './review.schema.ts'

export type SetTiersDeps = SealDeps & {
  readonly nowMs: () => number
  /** False: the author may not any more. */
  readonly setTiers: (wish: {
    author: Author
    tiers: readonly ReviewTier[]
    audit: AuditEntry
    nowMs: number
  }) => Promise<boolean>
}

/** Sets whose public posts wait for a review. What was reserved before goes by what held then. */
export async function setTiers(
  deps: SetTiersDeps,
  by: Administrator,
  { tiers }: TiersOutput,
): Promise<Result<Record<never, never>, { code: 'not_found' }>> {
  const nowMs = deps.nowMs()
  const audit = await deps.sealEntry({
    chain: null,
    action: 'review.threshold_set',
    actorId: by.id,
    subject: { kind: 'site', id: null },
    detail: Object.fromEntries(tiers.map(({ daysMax, posts }) => [daysMax === null ? 'any' : `days${daysMax}`, posts])),
    atMs: nowMs,
  })
  return (await deps.setTiers({ author: authorOf(by), tiers, audit, nowMs }))
    ? accept({})
    : refuse({ code: 'not_found' })
}
