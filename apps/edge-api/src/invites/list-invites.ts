import type { GroupId } from '@shoebox/shared/ids.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import { checkMembership, type GroupRead, type MembershipRefusal } from '../groups/check-membership.ts'
import type { Invite } from './invites.schema.ts'
import { presentInvite, type InviteRow } from './present-invite.ts'

const shownMax = 200

export type ListInvitesDeps = {
  readonly nowMs: () => number
  readonly readInvites: (groupId: GroupId, rowsMax: number) => Promise<GroupRead<readonly InviteRow[]>>
}

/** The group's ways in, newest first, for its admins. */
export async function listInvites(
  deps: ListInvitesDeps,
  groupId: GroupId,
): Promise<Result<{ invites: Invite[] }, MembershipRefusal>> {
  const checked = checkMembership(await deps.readInvites(groupId, shownMax), 'admin')
  if (!checked.ok) return checked
  const nowMs = deps.nowMs()
  return accept({ invites: checked.value.found.map((row) => presentInvite(row, nowMs)) })
}
