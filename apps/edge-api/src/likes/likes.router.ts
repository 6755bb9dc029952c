import { router, signedInProcedure } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { likeItem } from './like-item.ts'
import { unlikeItem } from './unlike-item.ts'
import { likeInput, likeOutput } from './likes.schema.ts'

export const likesRouter = router({
  like: signedInProcedure
    .input(likeInput)
    .output(likeOutput)
    .mutation(async ({ ctx, input }) => unwrap(await likeItem(ctx.likes(), ctx.user, input.mediaId))),

  unlike: signedInProcedure
    .input(likeInput)
    .output(likeOutput)
    .mutation(async ({ ctx, input }) => unwrap(await unlikeItem(ctx.likes(), ctx.user, input.mediaId))),
})
