import { describeSystem } from '../health/describe-system.ts'
import { systemOutput } from '../health/health.schema.ts'
import { nothing } from '../trpc/ids.schema.ts'
import { selfCheckingProcedure, router } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { findAccountInput, findAccountOutput, setPlanInput, setRoleInput } from './admin.schema.ts'
import { administratorProcedure } from './administrator-procedure.ts'
import { findAccount } from './find-account.ts'
import { setPlan } from './set-plan.ts'
import { setRole } from './set-role.ts'

export const adminRouter = router({
  findAccount: selfCheckingProcedure
    .input(findAccountInput)
    .output(findAccountOutput)
    .query(async ({ ctx, input }) => unwrap(await findAccount(ctx.admin(), input.email))),

  system: selfCheckingProcedure
    .output(systemOutput)
    .query(async ({ ctx }) => unwrap(await describeSystem(ctx.admin()))),

  setPlan: administratorProcedure
    .input(setPlanInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await setPlan(ctx.admin(), ctx.administrator, input))),

  setRole: administratorProcedure
    .input(setRoleInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await setRole(ctx.admin(), ctx.administrator, input))),
})
