import { initTRPC } from '@trpc/server'
import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import type { Context } from './context.ts'
import { findPassing, findRefusal, isGone, refusalError, type Refusal } from './refusals.ts'

const trpc = initTRPC.context<Context>().create({
  // Never guessed from the environment: with it on, stack traces reach clients.
  isDev: false,
  errorFormatter({ shape, error, ctx }) {
    const refusal = sayBan(findRefusal(error), ctx)
    const { path } = shape.data
    const passing = findPassing(error)
    const { code, httpStatus } =
      passing === null ? shape.data : ({ code: 'SERVICE_UNAVAILABLE', httpStatus: 503 } as const)
    return {
      code: shape.code,
      message: refusal?.code ?? passing ?? 'fault',
      data: { code, httpStatus, ...(path !== undefined && { path }), refusal, requestId: ctx?.requestId ?? null },
    }
  },
})

/** To whoever is banned and asks with a session that was overlooked: they are signed out, and this is why. */
function sayBan(refusal: Refusal | null, ctx: Context | undefined): Refusal | null {
  const ban = refusal?.code === 'sign_in_needed' ? ctx?.findBan() : null
  return ban == null ? refusal : { code: 'banned', ban }
}

export const router = trpc.router

/**
 * Open to everyone. What a write refers to can go in the moment between the look at it and the write: Postgres refuses
 * that, and it is answered like what was never there.
 */
export const openProcedure = trpc.procedure.use(async ({ next }) => {
  const result = await next()
  if (!result.ok && isGone(result.error)) throw refusalError({ code: 'not_found' })
  return result
})

/**
 * For people who are signed in, where the use case finds that out itself: a read in its one trip, a write with what it has
 * to know before. What is wrong with an input is nobody else's to know: without a session it is the same as a right one.
 */
export const selfCheckingProcedure = openProcedure.use(async ({ ctx, next }) => {
  const result = await next()
  if (result.ok || findRefusal(result.error)?.code !== 'invalid_input') return result
  if ((await ctx.findSignedIn()) === null) throw refusalError({ code: 'sign_in_needed' })
  return result
})

/**
 * For people with an account who are signed in; gives the use case its authority as `ctx.user`. Only for what they do
 * about their own account: everything else asks that the terms in force were accepted.
 */
export const sessionProcedure = openProcedure.use(async ({ ctx, next }) => {
  const user = await ctx.findSignedIn()
  if (user === null) throw refusalError({ code: 'sign_in_needed' })
  return next({ ctx: { user } })
})

/** The same, for people who accepted the terms in force. */
export const signedInProcedure = sessionProcedure.use(async ({ ctx, next }) => {
  if (ctx.user.termsVersion !== termsVersion) throw refusalError({ code: 'terms_not_accepted' })
  return next()
})
