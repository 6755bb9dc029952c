import type { GroupId } from '@shoebox/shared/ids.ts'
import type { GroupRead } from './check-membership.ts'
import type { CreateGroupDeps } from './create-group.ts'
import type { EditGroupDeps } from './edit-group.ts'
import type { FindGroupDeps } from './find-group.ts'
import type { HandOverDeps } from './hand-over.ts'
import type { LeaveGroupDeps } from './leave-group.ts'
import type { ListMembersDeps } from './list-members.ts'
import type { ListMyGroupsDeps } from './list-my-groups.ts'
import type { MarkSeenDeps } from './mark-seen.ts'
import type { PreviewLeaveDeps } from './preview-leave.ts'
import type { RemoveGroupDeps } from './remove-group.ts'
import type { RemoveMemberDeps } from './remove-member.ts'
import type { SetLocationPolicyDeps } from './set-location-policy.ts'
import type { SetNotificationsDeps } from './set-notifications.ts'
import type { SetRoleDeps } from './set-role.ts'

export type GroupsDeps = {
  /** Checks the session and what its user is in the group in one trip. */
  readonly readMembership: (groupId: GroupId) => Promise<GroupRead<null>>
} & CreateGroupDeps &
  EditGroupDeps &
  FindGroupDeps &
  HandOverDeps &
  LeaveGroupDeps &
  ListMembersDeps &
  ListMyGroupsDeps &
  MarkSeenDeps &
  PreviewLeaveDeps &
  RemoveGroupDeps &
  RemoveMemberDeps &
  SetLocationPolicyDeps &
  SetNotificationsDeps &
  SetRoleDeps
