// What the API puts on the `mail` queue. Codes and tokens travel here in clear, so queue viewers must redact `code` and
// `undoToken`.
import * as z from 'zod'

const base = z.object({
  version: z.literal(1),
  to: z.email().max(254),
  name: z.string().max(60),
})

const withCode = base.extend({ code: z.string().regex(/^\d{6}$/) })
/** Opens the way back from a change: see undos in the database. */
const withUndo = base.extend({ undoToken: z.string().regex(/^[\w-]{43}$/) })

export const mailMessageSchema = z.discriminatedUnion('template', [
  withCode.extend({ template: z.literal('verify-sign-up') }),
  base.extend({ template: z.literal('already-signed-up') }),
  withCode.extend({ template: z.literal('sign-in-code') }),
  withCode.extend({ template: z.literal('reset-code') }),
  base.extend({ template: z.literal('no-account') }),
  withCode.extend({ template: z.literal('address-code') }),
  base.extend({ template: z.literal('address-taken') }),
  withCode.extend({ template: z.literal('step-up-code') }),
  withUndo.extend({ template: z.literal('password-changed') }),
  withUndo.extend({ template: z.literal('address-changed') }),
  base.extend({
    template: z.literal('account-deleted'),
    items: z.int().nonnegative(),
    /** What S3 listed of it and lists no more. */
    objects: z.int().nonnegative(),
    bytes: z.int().nonnegative(),
    /** Items that the owners of groups have now, and those of `items` for which they had no room. */
    itemsHandedOver: z.int().nonnegative().default(0),
    itemsWithoutRoom: z.int().nonnegative().default(0),
    groupsHandedOver: z.int().nonnegative().default(0),
    groupsEnded: z.int().nonnegative().default(0),
  }),
  base.extend({ template: z.literal('export-ready') }),
  base.extend({
    template: z.literal('new-device'),
    browser: z.string().nullable(),
    system: z.string().nullable(),
    /** Two letters of ISO 3166-1. */
    country: z.string().nullable(),
    city: z.string().nullable(),
    at: z.iso.datetime(),
  }),
])

export type MailMessage = z.infer<typeof mailMessageSchema>
