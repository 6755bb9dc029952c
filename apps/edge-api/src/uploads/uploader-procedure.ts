import * as z from 'zod/mini'
import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import { checkMembership } from '../groups/check-membership.ts'
import type { User } from '../sessions/signed-in.ts'
import { selfCheckingProcedure } from '../trpc/procedures.ts'
import { refusalError, unwrap } from '../trpc/refusals.ts'
import type { Uploader } from './begin-uploads.ts'
import { batchHead } from './uploads.schema.ts'

/** For people who may add to where the input says that it goes; gives the use case who sends as `ctx.uploader`. One trip. */
export const uploaderProcedure = selfCheckingProcedure.input(z.object(batchHead)).use(async ({ ctx, input, next }) => {
  const { groupId, purpose, userId } = input
  const refuseOther = (user: User | undefined) => {
    if (userId !== undefined && user?.id !== userId) throw refusalError({ code: 'sign_in_needed' })
  }
  const findUploader = async (): Promise<Uploader> => {
    if (groupId === null) {
      const user = await ctx.findSignedIn()
      if (user === null) throw refusalError({ code: 'sign_in_needed' })
      refuseOther(user)
      return { user, gallery: null }
    }
    const read = await ctx.groups().readMembership(groupId)
    refuseOther(read?.user)
    const { member } = unwrap(checkMembership(read, purpose === 'cover' ? 'admin' : 'contributor'))
    return { user: member.user, gallery: member }
  }
  const uploader = await findUploader()
  if (uploader.user.termsVersion !== termsVersion) throw refusalError({ code: 'terms_not_accepted' })
  return next({ ctx: { uploader } })
})
