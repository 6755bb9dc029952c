import { administratorProcedure } from '../admin/administrator-procedure.ts'
import { moderatorProcedure } from '../admin/moderator-procedure.ts'
import { selfCheckingProcedure, router } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { breakGlass } from './break-glass.ts'
import { decideCases } from './decide-cases.ts'
import {
  breakGlassInput,
  breakGlassOutput,
  caseInput,
  caseOutput,
  casesInput,
  casesOutput,
  decideInput,
  decideOutput,
  summaryOutput,
} from './desk.schema.ts'
import { findCase } from './find-case.ts'
import { listCases } from './list-cases.ts'
import { summarise } from './summarise.ts'

export const deskRouter = router({
  summary: selfCheckingProcedure.output(summaryOutput).query(async ({ ctx }) => unwrap(await summarise(ctx.desk()))),

  cases: selfCheckingProcedure
    .input(casesInput)
    .output(casesOutput)
    .query(async ({ ctx, input }) => unwrap(await listCases(ctx.desk(), input))),

  case: selfCheckingProcedure
    .input(caseInput)
    .output(caseOutput)
    .query(async ({ ctx, input }) => unwrap(await findCase(ctx.desk(), input.caseId))),

  decide: moderatorProcedure
    .input(decideInput)
    .output(decideOutput)
    .mutation(async ({ ctx, input }) => unwrap(await decideCases(ctx.desk(), ctx.moderator, input))),

  breakGlass: administratorProcedure
    .input(breakGlassInput)
    .output(breakGlassOutput)
    .mutation(async ({ ctx, input }) => unwrap(await breakGlass(ctx.desk(), ctx.administrator, input))),
})
