import { selfCheckingProcedure, router } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { signOriginal } from './sign-original.ts'
import { signOriginals } from './sign-originals.ts'
import { signInput, signManyInput, signManyOutput, signOutput } from './originals.schema.ts'

export const originalsRouter = router({
  /** A query, since nothing changes by it; ask for each file when it is downloaded. */
  sign: selfCheckingProcedure
    .input(signInput)
    .output(signOutput)
    .query(async ({ ctx, input }) => unwrap(await signOriginal(ctx.originals(), input.mediaId))),

  /** The same for many, in one trip. */
  signMany: selfCheckingProcedure
    .input(signManyInput)
    .output(signManyOutput)
    .query(async ({ ctx, input }) => unwrap(await signOriginals(ctx.originals(), input.mediaIds))),
})
