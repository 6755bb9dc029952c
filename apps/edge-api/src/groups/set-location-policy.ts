import type { LocationPolicy } from '@shoebox/shared/groups/policies.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { changeBy, type GroupChange, type MemberOf } from './member-of.ts'

export type SetLocationPolicyDeps = {
  readonly nowMs: () => number
  readonly setLocationPolicy: (change: GroupChange & { locationPolicy: LocationPolicy }) => Promise<boolean>
}

/** Decides in what form members download what others uploaded. */
export async function setLocationPolicy(
  deps: SetLocationPolicyDeps,
  owner: MemberOf<'owner'>,
  locationPolicy: LocationPolicy,
): Promise<Result<Record<string, never>, { code: 'not_found' }>> {
  const isSet = await deps.setLocationPolicy({ ...changeBy(owner, deps.nowMs()), locationPolicy })
  return isSet ? accept({}) : refuse({ code: 'not_found' })
}
