import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { authorOf, type Administrator, type Author } from '../sessions/signed-in.ts'
import type { SetPlanInput } from './admin.schema.ts'

export type SetPlanDeps = SealDeps & {
  readonly nowMs: () => number
  /** False: no such account, or the author may not any more. */
  readonly setPlan: (
    wish: SetPlanInput & { readonly author: Author; readonly nowMs: number; readonly audit: AuditEntry },
  ) => Promise<boolean>
}

/** Gives an account another plan. What is used already stays, also above the new plan's limits. */
export async function setPlan(
  deps: SetPlanDeps,
  by: Administrator,
  input: SetPlanInput,
): Promise<Result<Record<never, never>, { code: 'not_found' }>> {
  const [author, nowMs] = [authorOf(by), deps.nowMs()]
  const subject = { kind: 'user', id: input.userId } as const
  const audit = await deps.sealEntry({ chain: null, action: 'plan.set', actorId: author.userId, subject, atMs: nowMs })
  const isSet = await deps.setPlan({ ...input, author, nowMs, audit })
  return isSet ? accept({}) : refuse({ code: 'not_found' })
}
