import { moderatorProcedure } from '../admin/moderator-procedure.ts'
import { nothing } from '../trpc/ids.schema.ts'
import { selfCheckingProcedure, router, sessionProcedure } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { acknowledgeWarning } from './acknowledge-warning.ts'
import { banPerson } from './ban-person.ts'
import * as schema from './bans.schema.ts'
import { findJudgedPerson } from './find-judged-person.ts'
import { liftBan } from './lift-ban.ts'
import { listBans } from './list-bans.ts'
import { warnPerson } from './warn-person.ts'

export const bansRouter = router({
  find: selfCheckingProcedure
    .input(schema.findInput)
    .output(schema.findOutput)
    .query(async ({ ctx, input }) => unwrap(await findJudgedPerson(ctx.bans(), input))),

  list: selfCheckingProcedure
    .input(schema.listInput)
    .output(schema.listOutput)
    .query(async ({ ctx, input }) => unwrap(await listBans(ctx.bans(), input))),

  ban: selfCheckingProcedure
    .input(schema.banInput)
    .output(schema.banOutput)
    .mutation(async ({ ctx, input }) => unwrap(await banPerson(ctx.bans(), input))),

  lift: moderatorProcedure
    .input(schema.liftInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await liftBan(ctx.bans(), ctx.moderator, input.banId))),

  warn: moderatorProcedure
    .input(schema.warnInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await warnPerson(ctx.bans(), ctx.moderator, input))),

  acknowledgeWarning: sessionProcedure
    .input(schema.acknowledgeInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await acknowledgeWarning(ctx.bans(), ctx.user, input.warningId))),
})
