import { requestCode } from '../account/request-code.ts'
import { sentCodeOutput } from '../account/codes.schema.ts'
import { moderatorProcedure } from '../admin/moderator-procedure.ts'
import { nothing } from '../trpc/ids.schema.ts'
import { openProcedure, selfCheckingProcedure, router, sessionProcedure } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { appealBan } from './appeal-ban.ts'
import { appealItem } from './appeal-item.ts'
import * as schema from './appeals.schema.ts'
import { decideAppeal } from './decide-appeal.ts'
import { listAppeals } from './list-appeals.ts'

export const appealsRouter = router({
  // Answers the same for every address: the mail says whether there is something to appeal against.
  requestCode: openProcedure
    .input(schema.requestCodeInput)
    .output(sentCodeOutput)
    .mutation(async ({ ctx, input }) =>
      unwrap(await requestCode(ctx.appeals(), ctx.visitor, { purpose: 'appeal', ...input })),
    ),

  appealBan: openProcedure
    .input(schema.appealBanInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await appealBan(ctx.appeals(), ctx.visitor, input))),

  appealItem: sessionProcedure
    .input(schema.appealItemInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await appealItem(ctx.appeals(), ctx.user, input))),

  list: selfCheckingProcedure
    .input(schema.listInput)
    .output(schema.listOutput)
    .query(async ({ ctx, input }) => unwrap(await listAppeals(ctx.appeals(), input))),

  decide: moderatorProcedure
    .input(schema.decideInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await decideAppeal(ctx.appeals(), ctx.moderator, input))),
})
