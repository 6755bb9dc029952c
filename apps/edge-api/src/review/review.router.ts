import { administratorProcedure } from '../admin/administrator-procedure.ts'
import { moderatorProcedure } from '../admin/moderator-procedure.ts'
import { nothing } from '../trpc/ids.schema.ts'
import { selfCheckingProcedure, router } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { findTiers } from './find-tiers.ts'
import { judgeHeld } from './judge-held.ts'
import { liftKnownBad } from './lift-known-bad.ts'
import { listHeld } from './list-held.ts'
import { listKnownBad } from './list-known-bad.ts'
import { listOwnHeld } from './list-own-held.ts'
import {
  heldOutput,
  judgeInput,
  judgeOutput,
  knownBadOutput,
  liftInput,
  listInput,
  ownHeldOutput,
  tiersInput,
  tiersOutput,
} from './review.schema.ts'
import { setTiers } from './set-tiers.ts'

export const reviewRouter = router({
  held: selfCheckingProcedure
    .input(listInput)
    .output(heldOutput)
    .query(async ({ ctx, input }) => unwrap(await listHeld(ctx.review(), input))),

  judge: moderatorProcedure
    .input(judgeInput)
    .output(judgeOutput)
    .mutation(async ({ ctx, input }) => unwrap(await judgeHeld(ctx.review(), ctx.moderator, input))),

  mine: selfCheckingProcedure.output(ownHeldOutput).query(async ({ ctx }) => unwrap(await listOwnHeld(ctx.review()))),

  tiers: selfCheckingProcedure.output(tiersOutput).query(async ({ ctx }) => unwrap(await findTiers(ctx.review()))),

  setTiers: administratorProcedure
    .input(tiersInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await setTiers(ctx.review(), ctx.administrator, input))),

  knownBad: selfCheckingProcedure
    .input(listInput)
    .output(knownBadOutput)
    .query(async ({ ctx, input }) => unwrap(await listKnownBad(ctx.review(), input))),

  lift: moderatorProcedure
    .input(liftInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await liftKnownBad(ctx.review(), ctx.moderator, input.mediaId))),
})
