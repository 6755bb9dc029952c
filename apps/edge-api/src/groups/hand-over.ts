import type { UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { changeBy, type GroupChange, type MemberOf } from './member-of.ts'
import type { MemberChangeAnswer } from './set-role.ts'

export type HandOverDeps = {
  readonly nowMs: () => number
  readonly handOver: (change: GroupChange & { userId: UserId }) => Promise<MemberChangeAnswer>
}

/** Makes another member the owner; whoever was it stays as an admin. */
export async function handOver(
  deps: HandOverDeps,
  owner: MemberOf<'owner'>,
  userId: UserId,
): Promise<Result<Record<string, never>, { code: 'not_found' | 'role_too_low' }>> {
  const answer = await deps.handOver({ ...changeBy(owner, deps.nowMs()), userId })
  return answer === 'done' ? accept({}) : refuse({ code: answer })
}
