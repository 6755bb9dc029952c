import { nothing } from '../trpc/ids.schema.ts'
import { selfCheckingProcedure, router, sessionProcedure } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { listSessions } from './list-sessions.ts'
import { requestStepUp } from './request-step-up.ts'
import { revokeOthers } from './revoke-others.ts'
import { revokeSession } from './revoke-session.ts'
import { stepUp } from './step-up.ts'
import {
  requestStepUpOutput,
  revokeInput,
  revokeOthersOutput,
  sessionsOutput,
  stepUpInput,
  stepUpOutput,
} from './sessions.schema.ts'

export const sessionsRouter = router({
  list: selfCheckingProcedure
    .output(sessionsOutput)
    .query(async ({ ctx }) => unwrap(await listSessions(ctx.sessions()))),

  revoke: sessionProcedure
    .input(revokeInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await revokeSession(ctx.sessions(), ctx.user, input.id))),

  revokeOthers: sessionProcedure
    .output(revokeOthersOutput)
    .mutation(({ ctx }) => revokeOthers(ctx.sessions(), ctx.user)),

  requestStepUp: sessionProcedure
    .output(requestStepUpOutput)
    .mutation(async ({ ctx }) => unwrap(await requestStepUp(ctx.sessions(), ctx.visitor, ctx.user))),

  stepUp: sessionProcedure
    .input(stepUpInput)
    .output(stepUpOutput)
    .mutation(async ({ ctx, input }) => unwrap(await stepUp(ctx.sessions(), ctx.visitor, ctx.user, input))),
})
