import type { InviteId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { changeBy, type GroupChange, type MemberOf } from '../groups/member-of.ts'

export type RevokeInviteDeps = {
  readonly nowMs: () => number
  /** False: the group has no such invite. */
  readonly revokeInvite: (change: GroupChange & { inviteId: InviteId }) => Promise<boolean>
}

/** Closes a way in. Who came in by it stays; doing it again changes nothing. */
export async function revokeInvite(
  deps: RevokeInviteDeps,
  admin: MemberOf<'admin'>,
  inviteId: InviteId,
): Promise<Result<Record<string, never>, { code: 'not_found' }>> {
  const isRevoked = await deps.revokeInvite({ ...changeBy(admin, deps.nowMs()), inviteId })
  return isRevoked ? accept({}) : refuse({ code: 'not_found' })
}
