import type { UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { groupsMax, membersMax } from '../groups/limits.ts'
import { actOf, changeBy, type AuditedChange, type MemberOf } from '../groups/member-of.ts'

type AcceptRefusal = { code: 'not_found' | 'group_full' | 'too_many_groups' }

export type AcceptRequestDeps = SealDeps & {
  readonly nowMs: () => number
  readonly acceptRequest: (
    wish: AuditedChange & { userId: UserId; membersMax: number; groupsMax: number },
  ) => Promise<'done' | AcceptRefusal['code']>
}

/** Lets somebody in who asked. */
export async function acceptRequest(
  deps: AcceptRequestDeps,
  admin: MemberOf<'admin'>,
  userId: UserId,
): Promise<Result<Record<string, never>, AcceptRefusal>> {
  const change = changeBy(admin, deps.nowMs())
  const audit = await deps.sealEntry(actOf(change, { action: 'member.joined', subject: { kind: 'user', id: userId } }))
  const answer = await deps.acceptRequest({ ...change, audit, userId, membersMax, groupsMax })
  return answer === 'done' ? accept({}) : refuse({ code: answer })
}
