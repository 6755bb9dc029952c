import { nothing } from '../trpc/ids.schema.ts'
import { selfCheckingProcedure, router, signedInProcedure } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { addComment } from './add-comment.ts'
import { listComments } from './list-comments.ts'
import { removeComment } from './remove-comment.ts'
import { addInput, addOutput, listInput, listOutput, removeInput } from './comments.schema.ts'

export const commentsRouter = router({
  list: selfCheckingProcedure
    .input(listInput)
    .output(listOutput)
    .query(async ({ ctx, input }) => unwrap(await listComments(ctx.comments(), input))),

  add: signedInProcedure
    .input(addInput)
    .output(addOutput)
    .mutation(async ({ ctx, input }) => unwrap(await addComment(ctx.comments(), ctx.user, input))),

  remove: signedInProcedure
    .input(removeInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await removeComment(ctx.comments(), ctx.user, input.commentId))),
})
