import {
  openProcedure,
  selfCheckingProcedure,
  router,
  sessionProcedure,
  signedInProcedure,
} from '../trpc/procedures.ts'
import { nothing } from '../trpc/ids.schema.ts'
import { unwrap } from '../trpc/refusals.ts'
import { acceptTerms } from './accept-terms.ts'
import { beginAvatar } from './begin-avatar.ts'
import { changePassword } from './change-password.ts'
import { confirmAddressChange } from './confirm-address-change.ts'
import { deleteAccount } from './delete-account.ts'
import { editProfile } from './edit-profile.ts'
import { findExport } from './find-export.ts'
import { findMe } from './find-me.ts'
import { findProfile } from './find-profile.ts'
import { findUsage } from './find-usage.ts'
import { previewDeletion } from './preview-deletion.ts'
import { requestAddressChange } from './request-address-change.ts'
import { requestCode } from './request-code.ts'
import { requestExport } from './request-export.ts'
import { resendCode } from './resend-code.ts'
import { resetPassword } from './reset-password.ts'
import { setAvatar } from './set-avatar.ts'
import { signIn } from './sign-in.ts'
import { signInWithCode } from './sign-in-with-code.ts'
import { signOut } from './sign-out.ts'
import { signUp } from './sign-up.ts'
import { undoChange } from './undo-change.ts'
import { verifySignUp } from './verify-sign-up.ts'
import { codeInput, sentCodeOutput } from './codes.schema.ts'
import * as schema from './account.schema.ts'

export const accountRouter = router({
  signUp: openProcedure
    .input(schema.signUpInput)
    .output(sentCodeOutput)
    .mutation(async ({ ctx, input }) => unwrap(await signUp(ctx.account(), ctx.visitor, input))),

  verifySignUp: openProcedure
    .input(codeInput)
    .output(schema.signedInOutput)
    .mutation(async ({ ctx, input }) => unwrap(await verifySignUp(ctx.account(), ctx.visitor, input))),

  resendCode: openProcedure
    .input(schema.resendCodeInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await resendCode(ctx.account(), ctx.visitor, input.verificationId))),

  signIn: openProcedure
    .input(schema.signInInput)
    .output(schema.signedInOutput)
    .mutation(async ({ ctx, input }) => unwrap(await signIn(ctx.account(), ctx.visitor, input))),

  requestSignInCode: openProcedure
    .input(schema.requestCodeInput)
    .output(sentCodeOutput)
    .mutation(async ({ ctx, input }) =>
      unwrap(await requestCode(ctx.account(), ctx.visitor, { purpose: 'sign-in', ...input })),
    ),

  signInWithCode: openProcedure
    .input(codeInput)
    .output(schema.signedInOutput)
    .mutation(async ({ ctx, input }) => unwrap(await signInWithCode(ctx.account(), ctx.visitor, input))),

  requestReset: openProcedure
    .input(schema.requestCodeInput)
    .output(sentCodeOutput)
    .mutation(async ({ ctx, input }) =>
      unwrap(await requestCode(ctx.account(), ctx.visitor, { purpose: 'reset', ...input })),
    ),

  reset: openProcedure
    .input(schema.resetInput)
    .output(schema.signedInOutput)
    .mutation(async ({ ctx, input }) => unwrap(await resetPassword(ctx.account(), ctx.visitor, input))),

  undoChange: openProcedure
    .input(schema.undoChangeInput)
    .output(schema.undoChangeOutput)
    .mutation(async ({ ctx, input }) => unwrap(await undoChange(ctx.account(), ctx.visitor, input.token))),

  signOut: openProcedure.output(nothing).mutation(({ ctx }) => signOut(ctx.account(), ctx.visitor)),

  me: openProcedure.output(schema.meOutput).query(({ ctx }) => findMe(ctx.account())),

  usage: selfCheckingProcedure
    .output(schema.usageOutput)
    .query(async ({ ctx }) => unwrap(await findUsage(ctx.account()))),

  profile: selfCheckingProcedure
    .output(schema.profileOutput)
    .query(async ({ ctx }) => unwrap(await findProfile(ctx.account()))),

  editProfile: signedInProcedure
    .input(schema.editProfileInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await editProfile(ctx.account(), ctx.user, input))),

  beginAvatar: signedInProcedure
    .input(schema.beginAvatarInput)
    .output(schema.beginAvatarOutput)
    .mutation(async ({ ctx, input }) => unwrap(await beginAvatar(ctx.account(), ctx.user, input))),

  setAvatar: signedInProcedure
    .input(schema.setAvatarInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await setAvatar(ctx.account(), ctx.user, input.mediaId))),

  changePassword: selfCheckingProcedure
    .input(schema.changePasswordInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await changePassword(ctx.account(), ctx.visitor, input))),

  requestAddressChange: selfCheckingProcedure
    .input(schema.requestAddressChangeInput)
    .output(sentCodeOutput)
    .mutation(async ({ ctx, input }) => unwrap(await requestAddressChange(ctx.account(), ctx.visitor, input))),

  confirmAddressChange: sessionProcedure
    .input(codeInput)
    .output(schema.signedInOutput)
    .mutation(async ({ ctx, input }) =>
      unwrap(await confirmAddressChange(ctx.account(), ctx.visitor, ctx.user, input)),
    ),

  requestExport: sessionProcedure.output(nothing).mutation(({ ctx }) => requestExport(ctx.account(), ctx.user)),

  findExport: selfCheckingProcedure
    .output(schema.exportOutput)
    .query(async ({ ctx }) => unwrap(await findExport(ctx.account()))),

  previewDeletion: selfCheckingProcedure
    .output(schema.previewDeletionOutput)
    .query(async ({ ctx }) => unwrap(await previewDeletion(ctx.account()))),

  delete: selfCheckingProcedure
    .input(schema.deleteAccountInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await deleteAccount(ctx.account(), ctx.visitor, input))),

  acceptTerms: sessionProcedure
    .input(schema.acceptTermsInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await acceptTerms(ctx.account(), ctx.user, input.version))),
})
