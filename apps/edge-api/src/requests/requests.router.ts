import { memberProcedure } from '../groups/member-procedure.ts'
import { nothing } from '../trpc/ids.schema.ts'
import { selfCheckingProcedure, router, signedInProcedure } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { acceptRequest } from './accept-request.ts'
import { declineRequest } from './decline-request.ts'
import { listMyRequests } from './list-my-requests.ts'
import { listRequests } from './list-requests.ts'
import { withdrawRequest } from './withdraw-request.ts'
import { answerInput, listInput, listOutput, mineOutput, withdrawInput } from './requests.schema.ts'

export const requestsRouter = router({
  list: selfCheckingProcedure
    .input(listInput)
    .output(listOutput)
    .query(async ({ ctx, input }) => unwrap(await listRequests(ctx.requests(), input.groupId))),

  accept: memberProcedure('admin')
    .input(answerInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await acceptRequest(ctx.requests(), ctx.member, input.userId))),

  decline: memberProcedure('admin')
    .input(answerInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await declineRequest(ctx.requests(), ctx.member, input.userId))),

  mine: selfCheckingProcedure.output(mineOutput).query(async ({ ctx }) => unwrap(await listMyRequests(ctx.requests()))),

  withdraw: signedInProcedure
    .input(withdrawInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await withdrawRequest(ctx.requests(), ctx.user, input.groupId))),
})
