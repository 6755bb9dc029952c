import type { UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { changeBy, type GroupChange, type MemberOf } from '../groups/member-of.ts'

export type DeclineRequestDeps = {
  readonly nowMs: () => number
  readonly declineRequest: (change: GroupChange & { userId: UserId }) => Promise<boolean>
}

/** Says no to somebody who asked. */
export async function declineRequest(
  deps: DeclineRequestDeps,
  admin: MemberOf<'admin'>,
  userId: UserId,
): Promise<Result<Record<string, never>, { code: 'not_found' }>> {
  const isDeclined = await deps.declineRequest({ ...changeBy(admin, deps.nowMs()), userId })
  return isDeclined ? accept({}) : refuse({ code: 'not_found' })
}
