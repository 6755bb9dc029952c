import { requireModerator } from '../sessions/check-authority.ts'
import { sessionProcedure } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'

/** For moderators and administrators who entered a code lately; gives the use case its authority as `ctx.moderator`. */
export const moderatorProcedure = sessionProcedure.use(({ ctx, next }) =>
  next({ ctx: { moderator: unwrap(requireModerator(ctx.user, ctx.admin().nowMs())) } }),
)
