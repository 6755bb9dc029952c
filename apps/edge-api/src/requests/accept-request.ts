import type { UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { groupsMax, membersMax } from '../groups/limits.ts'
import { changeBy, type GroupChange, type MemberOf } from '../groups/member-of.ts'

type AcceptRefusal = { code: 'not_found' | 'group_full' | 'too_many_groups' }

export type AcceptRequestDeps = {
  readonly nowMs: () => number
  readonly acceptRequest: (
    wish: GroupChange & { userId: UserId; membersMax: number; groupsMax: number },
  ) => Promise<'done' | AcceptRefusal['code']>
}

/** Lets somebody in who asked. */
export async function acceptRequest(
  deps: AcceptRequestDeps,
  admin: MemberOf<'admin'>,
  userId: UserId,
): Promise<Result<Record<string, never>, AcceptRefusal>> {
  const answer = await deps.acceptRequest({ ...changeBy(admin, deps.nowMs()), userId, membersMax, groupsMax })
  return answer === 'done' ? accept({}) : refuse({ code: answer })
}
