import * as z from 'zod/mini'
import { siteRoles } from '@shoebox/shared/account/site-roles.ts'
import { planNames } from '@shoebox/shared/upload/quota-plans.ts'
import { email } from '../account/account.schema.ts'
import { idInput, idOutput } from '../trpc/ids.schema.ts'

export const findAccountInput = z.strictObject({ email })
export const findAccountOutput = z.strictObject({
  account: z.strictObject({
    id: idOutput('user'),
    name: z.string(),
    email: z.string(),
    plan: z.enum(planNames),
    role: z.enum(siteRoles),
    createdAt: z.iso.datetime(),
  }),
})

export const setPlanInput = z.strictObject({ userId: idInput('user'), plan: z.enum(planNames) })
export const setRoleInput = z.strictObject({ userId: idInput('user'), role: z.enum(siteRoles) })

export type FindAccountOutput = z.infer<typeof findAccountOutput>
export type SetPlanInput = z.infer<typeof setPlanInput>
export type SetRoleInput = z.infer<typeof setRoleInput>
