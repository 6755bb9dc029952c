import { selfCheckingProcedure, router, signedInProcedure } from '../trpc/procedures.ts'
import { nothing } from '../trpc/ids.schema.ts'
import { unwrap } from '../trpc/refusals.ts'
import { beginUploads } from './begin-uploads.ts'
import { cancelUpload } from './cancel-upload.ts'
import { completeMultipart } from './complete-multipart.ts'
import { listMine } from './list-mine.ts'
import { listParts } from './list-parts.ts'
import { openMultipart } from './open-multipart.ts'
import { signParts } from './sign-parts.ts'
import { signUpload } from './sign-upload.ts'
import { uploaderProcedure } from './uploader-procedure.ts'
import { watchUploads } from './watch-uploads.ts'
import {
  beginInput,
  beginOutput,
  listPartsInput,
  listPartsOutput,
  mineInput,
  mineOutput,
  oneUploadInput,
  openMultipartOutput,
  signOutput,
  signPartsInput,
  signPartsOutput,
  watchInput,
  watchOutput,
} from './uploads.schema.ts'

export const uploadsRouter = router({
  begin: uploaderProcedure
    .input(beginInput)
    .output(beginOutput)
    .mutation(async ({ ctx, input }) => unwrap(await beginUploads(ctx.uploads(), ctx.uploader, input))),

  sign: signedInProcedure
    .input(oneUploadInput)
    .output(signOutput)
    .mutation(async ({ ctx, input }) => unwrap(await signUpload(ctx.uploads(), ctx.user, input.mediaId))),

  cancel: signedInProcedure
    .input(oneUploadInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await cancelUpload(ctx.uploads(), ctx.user, input.mediaId))),

  // From here on the session is checked in the same trip that reads the rows.

  openMultipart: selfCheckingProcedure
    .input(oneUploadInput)
    .output(openMultipartOutput)
    .mutation(async ({ ctx, input }) => unwrap(await openMultipart(ctx.uploads(), input.mediaId))),

  signParts: selfCheckingProcedure
    .input(signPartsInput)
    .output(signPartsOutput)
    .mutation(async ({ ctx, input }) => unwrap(await signParts(ctx.uploads(), input))),

  listParts: selfCheckingProcedure
    .input(listPartsInput)
    .output(listPartsOutput)
    .query(async ({ ctx, input }) => unwrap(await listParts(ctx.uploads(), input))),

  completeMultipart: selfCheckingProcedure
    .input(oneUploadInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await completeMultipart(ctx.uploads(), input.mediaId))),

  mine: selfCheckingProcedure
    .input(mineInput)
    .output(mineOutput)
    .query(async ({ ctx, input }) => unwrap(await listMine(ctx.uploads(), input))),

  watch: selfCheckingProcedure
    .input(watchInput)
    .output(watchOutput)
    .query(async ({ ctx, input }) => unwrap(await watchUploads(ctx.uploads(), input.mediaIds))),
})
