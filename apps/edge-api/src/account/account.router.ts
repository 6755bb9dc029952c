import { openProcedure, router } from '../trpc/procedures.ts'
import { nothing } from '../trpc/ids.schema.ts'
import { unwrap } from '../trpc/refusals.ts'
import { findMe } from './find-me.ts'
import { findUsage } from './find-usage.ts'
import { resendCode } from './resend-code.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import { signUp } from './sign-up.ts'
import { verifySignUp } from './verify-sign-up.ts'
import {
  meOutput,
  resendCodeInput,
  signedInOutput,
  signInInput,
  signUpInput,
  signUpOutput,
  usageOutput,
  verifySignUpInput,
} from './account.schema.ts'

export const accountRouter = router({
  signUp: openProcedure
    .input(signUpInput)
    .output(signUpOutput)
    .mutation(async ({ ctx, input }) => unwrap(await signUp(ctx.account, ctx.visitor, input))),

  verifySignUp: openProcedure
    .input(verifySignUpInput)
    .output(signedInOutput)
    .mutation(async ({ ctx, input }) => unwrap(await verifySignUp(ctx.account, ctx.visitor, input))),

  resendCode: openProcedure
    .input(resendCodeInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await resendCode(ctx.account, ctx.visitor, input.verificationId))),

  signIn: openProcedure
    .input(signInInput)
    .output(signedInOutput)
    .mutation(async ({ ctx, input }) => unwrap(await signIn(ctx.account, ctx.visitor, input))),

  signOut: openProcedure.output(nothing).mutation(({ ctx }) => signOut(ctx.account, ctx.visitor)),

  usage: openProcedure.output(usageOutput).query(async ({ ctx }) => unwrap(await findUsage(ctx.account))),

  me: openProcedure.output(meOutput).query(({ ctx }) => findMe(ctx.account)),
})
