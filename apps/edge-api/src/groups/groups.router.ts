import { nothing } from '../trpc/ids.schema.ts'
import { selfCheckingProcedure, router, signedInProcedure } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { createGroup } from './create-group.ts'
import { editGroup } from './edit-group.ts'
import { findGroup } from './find-group.ts'
import { handOver } from './hand-over.ts'
import { leaveGroup } from './leave-group.ts'
import { listMembers } from './list-members.ts'
import { listMyGroups } from './list-my-groups.ts'
import { markSeen } from './mark-seen.ts'
import { memberProcedure } from './member-procedure.ts'
import { previewLeave } from './preview-leave.ts'
import { removeGroup } from './remove-group.ts'
import { removeMember } from './remove-member.ts'
import { setLocationPolicy } from './set-location-policy.ts'
import { setNotifications } from './set-notifications.ts'
import { setRole } from './set-role.ts'
import {
  createInput,
  createOutput,
  editInput,
  findOutput,
  handOverInput,
  leaveInput,
  leavePreviewOutput,
  locationPolicyInput,
  membersOutput,
  mineOutput,
  notificationsInput,
  oneGroupInput,
  removeInput,
  removeMemberInput,
  setRoleInput,
} from './groups.schema.ts'

export const groupsRouter = router({
  create: signedInProcedure
    .input(createInput)
    .output(createOutput)
    .mutation(async ({ ctx, input }) => unwrap(await createGroup(ctx.groups(), ctx.user, input))),

  mine: selfCheckingProcedure.output(mineOutput).query(async ({ ctx }) => unwrap(await listMyGroups(ctx.groups()))),

  find: selfCheckingProcedure
    .input(oneGroupInput)
    .output(findOutput)
    .query(async ({ ctx, input }) => unwrap(await findGroup(ctx.groups(), input.groupId))),

  edit: memberProcedure('admin')
    .input(editInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await editGroup(ctx.groups(), ctx.member, input))),

  setLocationPolicy: memberProcedure('owner')
    .input(locationPolicyInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) =>
      unwrap(await setLocationPolicy(ctx.groups(), ctx.member, input.locationPolicy)),
    ),

  remove: memberProcedure('owner')
    .input(removeInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await removeGroup(ctx.groups(), ctx.member, input.name))),

  members: selfCheckingProcedure
    .input(oneGroupInput)
    .output(membersOutput)
    .query(async ({ ctx, input }) => unwrap(await listMembers(ctx.groups(), input.groupId))),

  setRole: memberProcedure('owner')
    .input(setRoleInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await setRole(ctx.groups(), ctx.member, input))),

  handOver: memberProcedure('owner')
    .input(handOverInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await handOver(ctx.groups(), ctx.member, input.userId))),

  removeMember: memberProcedure('admin')
    .input(removeMemberInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await removeMember(ctx.groups(), ctx.member, input))),

  leave: memberProcedure('viewer')
    .input(leaveInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await leaveGroup(ctx.groups(), ctx.member, input))),

  leavePreview: selfCheckingProcedure
    .input(oneGroupInput)
    .output(leavePreviewOutput)
    .query(async ({ ctx, input }) => unwrap(await previewLeave(ctx.groups(), input.groupId))),

  setNotifications: memberProcedure('viewer')
    .input(notificationsInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await setNotifications(ctx.groups(), ctx.member, input.level))),

  markSeen: memberProcedure('viewer')
    .input(oneGroupInput)
    .output(nothing)
    .mutation(async ({ ctx }) => unwrap(await markSeen(ctx.groups(), ctx.member))),
})
