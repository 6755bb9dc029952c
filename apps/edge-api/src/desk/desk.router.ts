import { openProcedure, router } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { summaryOutput } from './desk.schema.ts'
import { summarise } from './summarise.ts'

export const deskRouter = router({
  summary: openProcedure.output(summaryOutput).query(async ({ ctx }) => unwrap(await summarise(ctx.desk))),
})
