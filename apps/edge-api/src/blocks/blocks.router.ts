import { nothing } from '../trpc/ids.schema.ts'
import { selfCheckingProcedure, router, signedInProcedure } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { blockPerson } from './block-person.ts'
import { listBlocked } from './list-blocked.ts'
import { unblockPerson } from './unblock-person.ts'
import { listOutput, onePersonInput } from './blocks.schema.ts'

export const blocksRouter = router({
  list: selfCheckingProcedure.output(listOutput).query(async ({ ctx }) => unwrap(await listBlocked(ctx.blocks()))),

  block: signedInProcedure
    .input(onePersonInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await blockPerson(ctx.blocks(), ctx.user, input.userId))),

  unblock: signedInProcedure
    .input(onePersonInput)
    .output(nothing)
    .mutation(({ ctx, input }) => unblockPerson(ctx.blocks(), ctx.user, input.userId)),
})
