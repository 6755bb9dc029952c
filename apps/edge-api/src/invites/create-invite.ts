import { makeInviteCode } from '@shoebox/shared/groups/joining.ts'
import type { InviteId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { openInvitesMax } from '../groups/limits.ts'
import { actOf, changeBy, type AuditedChange, type MemberOf } from '../groups/member-of.ts'
import type { CreateInviteInput, Invite } from './invites.schema.ts'
import { presentInvite, type InviteRow } from './present-invite.ts'

export type CreateInviteDeps = SealDeps & {
  readonly nowMs: () => number
  readonly randomBytes: (length: number) => Uint8Array
  readonly newInviteId: () => InviteId
  /** False: the group has as many open invites as it may. */
  readonly createInvite: (
    invite: AuditedChange &
      Pick<InviteRow, 'id' | 'code' | 'role' | 'needsApproval' | 'expiresAt' | 'usesMax'> & { openMax: number },
  ) => Promise<boolean>
}

/** Opens a way in, and shows it to the admin who did. */
export async function createInvite(
  deps: CreateInviteDeps,
  admin: MemberOf<'admin'>,
  { role, expiresInHours, usesMax, needsApproval }: CreateInviteInput,
): Promise<Result<{ invite: Invite }, { code: 'too_many_invites' }>> {
  const nowMs = deps.nowMs()
  const invite = {
    id: deps.newInviteId(),
    code: makeInviteCode(deps.randomBytes(40)),
    role,
    needsApproval,
    usesMax,
    expiresAt: expiresInHours === null ? null : new Date(nowMs + expiresInHours * 3_600_000),
  }
  const change = changeBy(admin, nowMs)
  const audit = await deps.sealEntry(
    actOf(change, {
      action: 'invite.created',
      subject: { kind: 'invite', id: invite.id },
      detail: { role, needsApproval, usesMax, expiresInHours },
    }),
  )
  const isCreated = await deps.createInvite({ ...change, ...invite, audit, openMax: openInvitesMax })
  if (!isCreated) return refuse({ code: 'too_many_invites' })
  const row = { ...invite, createdAt: new Date(nowMs), uses: 0, revokedAt: null, createdByName: admin.user.name }
  return accept({ invite: presentInvite(row, nowMs) })
}
