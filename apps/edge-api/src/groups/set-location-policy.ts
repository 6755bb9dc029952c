import type { LocationPolicy } from '@shoebox/shared/groups/policies.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { actOf, changeBy, type AuditedChange, type MemberOf } from './member-of.ts'

export type SetLocationPolicyDeps = SealDeps & {
  readonly nowMs: () => number
  readonly setLocationPolicy: (change: AuditedChange & { locationPolicy: LocationPolicy }) => Promise<boolean>
}

/** Decides in what form members download what others uploaded. */
export async function setLocationPolicy(
  deps: SetLocationPolicyDeps,
  owner: MemberOf<'owner'>,
  locationPolicy: LocationPolicy,
): Promise<Result<Record<string, never>, { code: 'not_found' }>> {
  const change = changeBy(owner, deps.nowMs())
  const audit = await deps.sealEntry(
    actOf(change, { action: 'group.location_policy_changed', subject: { kind: 'group', id: owner.groupId } }),
  )
  const isSet = await deps.setLocationPolicy({ ...change, audit, locationPolicy })
  return isSet ? accept({}) : refuse({ code: 'not_found' })
}
