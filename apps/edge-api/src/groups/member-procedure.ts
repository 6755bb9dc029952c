import * as z from 'zod/mini'
import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import type { Role } from '@shoebox/shared/groups/roles.ts'
import { idInput } from '../trpc/ids.schema.ts'
import { selfCheckingProcedure } from '../trpc/procedures.ts'
import { refusalError, unwrap } from '../trpc/refusals.ts'
import { checkMembership } from './check-membership.ts'

export const groupInput = z.object({ groupId: idInput('group') })

/** For members of the group that the input names; gives the use case its authority as `ctx.member`. One trip. */
export const memberProcedure = <R extends Role>(least: R) =>
  selfCheckingProcedure.input(groupInput).use(async ({ ctx, input, next }) => {
    const { member } = unwrap(checkMembership(await ctx.groups().readMembership(input.groupId), least))
    if (member.user.termsVersion !== termsVersion) throw refusalError({ code: 'terms_not_accepted' })
    return next({ ctx: { member } })
  })
