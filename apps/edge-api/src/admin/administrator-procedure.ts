import { requireAdministrator } from '../sessions/check-authority.ts'
import { sessionProcedure } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'

/** For administrators who entered a code lately; gives the use case its authority as `ctx.administrator`. */
export const administratorProcedure = sessionProcedure.use(({ ctx, next }) =>
  next({ ctx: { administrator: unwrap(requireAdministrator(ctx.user, ctx.admin().nowMs())) } }),
)
