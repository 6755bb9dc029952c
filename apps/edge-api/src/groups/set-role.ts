import type { Role } from '@shoebox/shared/groups/roles.ts'
import type { UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { actOf, changeBy, type AuditedChange, type MemberOf } from './member-of.ts'

/** Whether another member was changed, or why not: they do not belong to it, or stand too high. */
export type MemberChangeAnswer = 'done' | 'not_found' | 'role_too_low'

export type SetRoleDeps = SealDeps & {
  readonly nowMs: () => number
  readonly setRole: (
    change: AuditedChange & { userId: UserId; role: Exclude<Role, 'owner'> },
  ) => Promise<MemberChangeAnswer>
}

/** Gives another member another role: what anybody is in the group is its owner's to say. */
export async function setRole(
  deps: SetRoleDeps,
  owner: MemberOf<'owner'>,
  { userId, role }: { userId: UserId; role: Exclude<Role, 'owner'> },
): Promise<Result<Record<string, never>, { code: 'not_found' | 'role_too_low' }>> {
  const change = changeBy(owner, deps.nowMs())
  const audit = await deps.sealEntry(
    actOf(change, { action: 'member.role_changed', subject: { kind: 'user', id: userId } }),
  )
  const answer = await deps.setRole({ ...change, audit, userId, role })
  return answer === 'done' ? accept({}) : refuse({ code: answer })
}
