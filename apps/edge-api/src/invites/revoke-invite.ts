import type { InviteId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { actOf, changeBy, type AuditedChange, type MemberOf } from '../groups/member-of.ts'

export type RevokeInviteDeps = SealDeps & {
  readonly nowMs: () => number
  /** False: the group has no such invite. */
  readonly revokeInvite: (change: AuditedChange & { inviteId: InviteId }) => Promise<boolean>
}

/** Closes a way in. Who came in by it stays; doing it again changes nothing. */
export async function revokeInvite(
  deps: RevokeInviteDeps,
  admin: MemberOf<'admin'>,
  inviteId: InviteId,
): Promise<Result<Record<string, never>, { code: 'not_found' }>> {
  const change = changeBy(admin, deps.nowMs())
  const audit = await deps.sealEntry(
    actOf(change, { action: 'invite.revoked', subject: { kind: 'invite', id: inviteId } }),
  )
  const isRevoked = await deps.revokeInvite({ ...change, audit, inviteId })
  return isRevoked ? accept({}) : refuse({ code: 'not_found' })
}
