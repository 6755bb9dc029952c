import type { GroupId, UserId } from '@shoebox/shared/ids.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import { checkMembership, type GroupRead, type MembershipRefusal } from './check-membership.ts'
import type { LeavePreviewOutput } from './groups.schema.ts'

export type PreviewLeaveDeps = {
  /** One's items in the gallery, and who comes next: null when nobody else is there. */
  readonly readLeavePreview: (
    groupId: GroupId,
  ) => Promise<GroupRead<{ items: number; bytes: number; heir: { id: UserId; name: string } | null }>>
}

/** What leaving would mean. */
export async function previewLeave(
  deps: PreviewLeaveDeps,
  groupId: GroupId,
): Promise<Result<LeavePreviewOutput, MembershipRefusal>> {
  const checked = checkMembership(await deps.readLeavePreview(groupId), 'viewer')
  if (!checked.ok) return checked
  const { member, found } = checked.value
  const { items, bytes, heir } = found
  return accept({ items, bytes, successor: member.role === 'owner' ? heir : null, isLast: heir === null })
}
