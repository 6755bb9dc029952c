import { nothing } from '../trpc/ids.schema.ts'
import { router, signedInProcedure } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { reportSubject } from './report-subject.ts'
import { reportInput } from './reports.schema.ts'

export const reportsRouter = router({
  create: signedInProcedure
    .input(reportInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await reportSubject(ctx.reports(), ctx.user, input))),
})
