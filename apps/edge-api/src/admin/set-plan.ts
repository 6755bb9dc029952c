import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { authorOf, type Administrator, type Author } from '../sessions/signed-in.ts'
import type { SetPlanInput } from './admin.schema.ts'

export type SetPlanDeps = {
  readonly nowMs: () => number
  /** False: no such account, or the author may not any more. */
  readonly setPlan: (wish: SetPlanInput & { readonly author: Author; readonly nowMs: number }) => Promise<boolean>
}

/** Gives an account another plan. What is used already stays, also above the new plan's limits. */
export async function setPlan(
  deps: SetPlanDeps,
  by: Administrator,
  input: SetPlanInput,
): Promise<Result<Record<never, never>, { code: 'not_found' }>> {
  const isSet = await deps.setPlan({ ...input, author: authorOf(by), nowMs: deps.nowMs() })
  return isSet ? accept({}) : refuse({ code: 'not_found' })
}
