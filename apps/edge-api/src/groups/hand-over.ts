import type { UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { actOf, changeBy, type AuditedChange, type MemberOf } from './member-of.ts'
import type { MemberChangeAnswer } from './set-role.ts'

export type HandOverDeps = SealDeps & {
  readonly nowMs: () => number
  readonly handOver: (change: AuditedChange & { userId: UserId }) => Promise<MemberChangeAnswer>
}

/** Makes another member the owner; whoever was it stays as an admin. */
export async function handOver(
  deps: HandOverDeps,
  owner: MemberOf<'owner'>,
  userId: UserId,
): Promise<Result<Record<string, never>, { code: 'not_found' | 'role_too_low' }>> {
  const change = changeBy(owner, deps.nowMs())
  const audit = await deps.sealEntry(
    actOf(change, { action: 'group.handed_over', subject: { kind: 'user', id: userId } }),
  )
  const answer = await deps.handOver({ ...change, audit, userId })
  return answer === 'done' ? accept({}) : refuse({ code: answer })
}
