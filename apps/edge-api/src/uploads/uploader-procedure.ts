import * as z from 'zod/mini'
import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import { checkMembership } from '../groups/check-membership.ts'
import { selfCheckingProcedure } from '../trpc/procedures.ts'
import { refusalError, unwrap } from '../trpc/refusals.ts'
import type { Uploader } from './begin-uploads.ts'
import { destination } from './uploads.schema.ts'

/** For people who may add to where the input says that it goes; gives the use case who sends as `ctx.uploader`. One trip. */
export const uploaderProcedure = selfCheckingProcedure
  .input(z.object(destination))
  .use(async ({ ctx, input, next }) => {
    const { groupId, purpose } = input
    const findUploader = async (): Promise<Uploader> => {
      if (groupId === null) {
        const user = await ctx.findSignedIn()
        if (user === null) throw refusalError({ code: 'sign_in_needed' })
        return { user, gallery: null }
      }
      const read = await ctx.groups().readMembership(groupId)
      const { member } = unwrap(checkMembership(read, purpose === 'cover' ? 'admin' : 'contributor'))
      return { user: member.user, gallery: member }
    }
    const uploader = await findUploader()
    if (uploader.user.termsVersion !== termsVersion) throw refusalError({ code: 'terms_not_accepted' })
    return next({ ctx: { uploader } })
  })
