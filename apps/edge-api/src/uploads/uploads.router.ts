import { openProcedure, router, signedInProcedure } from '../trpc/procedures.ts'
import { nothing } from '../trpc/ids.schema.ts'
import { unwrap } from '../trpc/refusals.ts'
import { beginUploads } from './begin-uploads.ts'
import { cancelUpload } from './cancel-upload.ts'
import { signUpload } from './sign-upload.ts'
import { watchUploads } from './watch-uploads.ts'
import { beginInput, beginOutput, oneUploadInput, signOutput, watchInput, watchOutput } from './uploads.schema.ts'

export const uploadsRouter = router({
  begin: signedInProcedure
    .input(beginInput)
    .output(beginOutput)
    .mutation(async ({ ctx, input }) => unwrap(await beginUploads(ctx.uploads, ctx.user, input))),

  sign: signedInProcedure
    .input(oneUploadInput)
    .output(signOutput)
    .mutation(async ({ ctx, input }) => unwrap(await signUpload(ctx.uploads, ctx.user, input.mediaId))),

  cancel: signedInProcedure
    .input(oneUploadInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await cancelUpload(ctx.uploads, ctx.user, input.mediaId))),

  /** Checks the session in the same trip that reads the rows. */
  watch: openProcedure
    .input(watchInput)
    .output(watchOutput)
    .query(async ({ ctx, input }) => unwrap(await watchUploads(ctx.uploads, input.mediaIds))),
})
