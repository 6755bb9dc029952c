import * as z from 'zod/mini'
import { siteRoles } from '@shoebox/shared/account/site-roles.ts'
import { banDaysMax, bannedItemsChoices, reasonCharactersMax } from '@shoebox/shared/safety/bans.ts'
import { email } from '../account/account.schema.ts'
import { idInput, idOutput } from '../trpc/ids.schema.ts'

const moment = z.iso.datetime()
const count = z.int().check(z.nonnegative())

/** Goes into a mail as one paragraph: no line breaks or other control characters. */
export const oneParagraph = (charactersMax: number) =>
  z.string().check(z.trim(), z.minLength(1), z.maxLength(charactersMax), z.regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u))

export const pageInput = {
  /** `nextCursor` of the answer before. */
  cursor: z.optional(z.string().check(z.maxLength(100))),
  size: z._default(z.int().check(z.minimum(1), z.maximum(100)), 30),
}

const aboutSomebody = {
  userId: idInput('user'),
  /** The person reads it. */
  reason: oneParagraph(reasonCharactersMax),
  /** The report that led to it: it is decided by this. */
  caseId: z._default(z.nullable(idInput('case')), null),
}

export const banInput = z.strictObject({
  ...aboutSomebody,
  items: z.enum(bannedItemsChoices),
  /** Null: until it is lifted. */
  days: z.nullable(z.int().check(z.minimum(1), z.maximum(banDaysMax))),
})
export const banOutput = z.strictObject({ banId: idOutput('ban') })
export const warnInput = z.strictObject(aboutSomebody)
export const liftInput = z.strictObject({ banId: idInput('ban') })
export const acknowledgeInput = z.strictObject({ warningId: idInput('warning') })

const ban = z.strictObject({
  id: idOutput('ban'),
  userId: idOutput('user'),
  /** Null: the account is gone, and only its address is banned. */
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
  reason: z.string(),
  items: z.enum(bannedItemsChoices),
  bannedAt: moment,
  bannedBy: z.nullable(z.string()),
  endsAt: z.nullable(moment),
  liftedAt: z.nullable(moment),
  isInForce: z.boolean(),
})

export const findInput = z.union([z.strictObject({ userId: idInput('user') }), z.strictObject({ email })])
export const findOutput = z.strictObject({
  person: z.strictObject({
    id: idOutput('user'),
    name: z.string(),
    email: z.string(),
    role: z.enum(siteRoles),
    createdAt: moment,
    items: count,
    groups: count,
    /** Cases that were about them, and those of which something came. */
    cases: count,
    upheld: count,
  }),
  /** Whoever asks may ban and warn them. */
  isBannable: z.boolean(),
  /** The latest first, as are warnings. */
  bans: z.array(ban),
  warnings: z.array(
    z.strictObject({
      id: idOutput('warning'),
      reason: z.string(),
      warnedAt: moment,
      acknowledgedAt: z.nullable(moment),
    }),
  ),
})

export const listInput = z.strictObject(pageInput)
export const listOutput = z.strictObject({
  /** In force, the latest first. */
  bans: z.array(ban),
  nextCursor: z.nullable(z.string()),
})

export type BanInput = z.infer<typeof banInput>
export type WarnInput = z.infer<typeof warnInput>
export type FindInput = z.infer<typeof findInput>
export type FindOutput = z.infer<typeof findOutput>
export type ListInput = z.infer<typeof listInput>
export type ListOutput = z.infer<typeof listOutput>
