import { initTRPC } from '@trpc/server'
import type { Context } from './context.ts'
import { findRefusal, refusalError } from './refusals.ts'

const trpc = initTRPC.context<Context>().create({
  // Never guessed from the environment: with it on, stack traces reach clients.
  isDev: false,
  errorFormatter({ shape, error, ctx }) {
    const refusal = findRefusal(error)
    const { code, httpStatus, path } = shape.data
    return {
      code: shape.code,
      message: refusal?.code ?? 'fault',
      data: { code, httpStatus, ...(path !== undefined && { path }), refusal, requestId: ctx?.requestId ?? null },
    }
  },
})

export const router = trpc.router

/** Open to everyone. */
export const openProcedure = trpc.procedure

/** For people with an account who are signed in; gives the use case its authority as `ctx.user`. */
export const signedInProcedure = trpc.procedure.use(async ({ ctx, next }) => {
  const user = await ctx.findSignedIn()
  if (user === null) throw refusalError({ code: 'sign_in_needed' })
  return next({ ctx: { user } })
})
