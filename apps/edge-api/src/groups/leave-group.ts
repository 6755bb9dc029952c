import type { UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { LeaveInput } from './groups.schema.ts'
import { changeBy, type GroupChange, type MemberOf } from './member-of.ts'

export type LeaveGroupDeps = {
  readonly nowMs: () => number
  readonly leaveGroup: (
    wish: GroupChange & { items: LeaveInput['items']; successorId: UserId | null },
  ) => Promise<'done' | 'not_found' | 'no_successor' | 'no_room'>
}

const codes = { not_found: 'not_found', no_successor: 'no_successor', no_room: 'no_room_for_items' } as const

/**
 * Leaves a group. An owner hands it over by leaving: to the successor, else to the oldest admin, else to who has been
 * there longest. The last one to go takes the group along.
 */
export async function leaveGroup(
  deps: LeaveGroupDeps,
  member: MemberOf<'viewer'>,
  { items, successorId }: LeaveInput,
): Promise<Result<Record<string, never>, { code: (typeof codes)[keyof typeof codes] }>> {
  const answer = await deps.leaveGroup({
    ...changeBy(member, deps.nowMs()),
    items,
    successorId: successorId ?? null,
  })
  return answer === 'done' ? accept({}) : refuse({ code: codes[answer] })
}
