import { openProcedure, router } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { signOriginal } from './sign-original.ts'
import { signInput, signOutput } from './originals.schema.ts'

export const originalsRouter = router({
  /** A query, since nothing changes by it; ask for each file when it is downloaded. */
  sign: openProcedure
    .input(signInput)
    .output(signOutput)
    .query(async ({ ctx, input }) => unwrap(await signOriginal(ctx.originals, input.mediaId))),
})
