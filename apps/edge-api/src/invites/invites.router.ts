import { memberProcedure } from '../groups/member-procedure.ts'
import { nothing } from '../trpc/ids.schema.ts'
import { openProcedure, selfCheckingProcedure, router, signedInProcedure } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { createInvite } from './create-invite.ts'
import { joinGroup } from './join-group.ts'
import { listInvites } from './list-invites.ts'
import { previewInvite } from './preview-invite.ts'
import { revokeInvite } from './revoke-invite.ts'
import {
  codeInput,
  createInput,
  createOutput,
  joinOutput,
  listInput,
  listOutput,
  previewOutput,
  revokeInput,
} from './invites.schema.ts'

export const invitesRouter = router({
  create: memberProcedure('admin')
    .input(createInput)
    .output(createOutput)
    .mutation(async ({ ctx, input }) => unwrap(await createInvite(ctx.invites(), ctx.member, input))),

  list: selfCheckingProcedure
    .input(listInput)
    .output(listOutput)
    .query(async ({ ctx, input }) => unwrap(await listInvites(ctx.invites(), input.groupId))),

  revoke: memberProcedure('admin')
    .input(revokeInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await revokeInvite(ctx.invites(), ctx.member, input.inviteId))),

  /** Also for people who are not signed in: what they are about to join. */
  preview: openProcedure
    .input(codeInput)
    .output(previewOutput)
    .query(async ({ ctx, input }) => unwrap(await previewInvite(ctx.invites(), ctx.visitor, input.code))),

  join: signedInProcedure
    .input(codeInput)
    .output(joinOutput)
    .mutation(async ({ ctx, input }) => unwrap(await joinGroup(ctx.invites(), ctx, input.code))),
})
