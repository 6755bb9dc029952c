import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { nextQuotaDayMs, quotaPlans, type PlanName } from '@shoebox/shared/upload/quota-plans.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { UsageOutput } from './account.schema.ts'

export type UsageRow = { readonly plan: PlanName; readonly dayBytes: number; readonly totalBytes: number }

export type FindUsageDeps = {
  readonly nowMs: () => number
  /** Checks the session and reads its user's ledgers in one trip; null when nobody is signed in. */
  readonly readUsage: () => Promise<CheckedRead<UsageRow | null> | null>
}

/** What the signed-in person's plan allows and how much of it is used. Reserved files count as if they were there. */
export async function findUsage(deps: FindUsageDeps): Promise<Result<UsageOutput, { code: 'sign_in_needed' }>> {
  const read = await deps.readUsage()
  if (read === null || read.data === null) return refuse({ code: 'sign_in_needed' })
  const { plan, dayBytes, totalBytes } = read.data
  const { dayBytesMax, totalBytesMax } = quotaPlans[plan]
  return accept({
    plan,
    day: {
      usedBytes: dayBytes,
      limitBytes: dayBytesMax,
      resetsAt: new Date(nextQuotaDayMs(deps.nowMs())).toISOString(),
    },
    total: { usedBytes: totalBytes, limitBytes: totalBytesMax },
  })
}
