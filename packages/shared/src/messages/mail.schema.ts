// What the API puts on the `mail` queue. Codes and tokens travel here in clear, so queue viewers must redact `code` and
// `undoToken`.
import * as z from 'zod/mini'
import { answerCharactersMax, appealOutcomes, appealSubjects, reasonCharactersMax } from '../safety/bans.ts'

const base = z.object({
  version: z.literal(1),
  to: z.email().check(z.maxLength(254)),
  name: z.string().check(z.maxLength(60)),
})

const withCode = z.extend(base, { code: z.string().check(z.regex(/^\d{6}$/)) })
/** What somebody who is banned is told. */
const withBan = z.extend(base, {
  reason: z.string().check(z.maxLength(reasonCharactersMax)),
  /** Null: until it is lifted. */
  endsAt: z.nullable(z.iso.datetime()),
})
/** Opens the way back from a change: see undos in the database. */
const withUndo = z.extend(base, { undoToken: z.string().check(z.regex(/^[\w-]{43}$/)) })

/** What the delivery network kept of an account, and dropped at every edge. */
const edgeCopies = z.object({
  /** Items of which there may have been copies. */
  shown: z.int().check(z.nonnegative()),
  /** None, although there may have been copies: the stage has no such network. */
  dropped: z.int().check(z.nonnegative()),
  lastAt: z.nullable(z.iso.datetime()),
  /** Under which those of the first items were. */
  paths: z.array(z.string().check(z.maxLength(100))).check(z.maxLength(50)),
})

export const mailMessageSchema = z.discriminatedUnion('template', [
  z.extend(withCode, { template: z.literal('verify-sign-up') }),
  z.extend(base, { template: z.literal('already-signed-up') }),
  z.extend(withCode, { template: z.literal('sign-in-code') }),
  z.extend(withCode, { template: z.literal('reset-code') }),
  z.extend(base, { template: z.literal('no-account') }),
  z.extend(withCode, { template: z.literal('address-code') }),
  z.extend(base, { template: z.literal('address-taken') }),
  z.extend(withCode, { template: z.literal('step-up-code') }),
  z.extend(withCode, { template: z.literal('appeal-code') }),
  z.extend(base, { template: z.literal('not-banned') }),
  z.extend(withBan, {
    template: z.literal('banned'),
    /** Just now; else it is why something that was asked for with this address is not done. */
    isNew: z.boolean(),
  }),
  z.extend(base, { template: z.literal('ban-lifted') }),
  z.extend(base, {
    template: z.literal('appeal-decided'),
    subject: z.enum(appealSubjects),
    outcome: z.enum(appealOutcomes),
    answer: z.string().check(z.maxLength(answerCharactersMax)),
  }),
  z.extend(withUndo, { template: z.literal('password-changed') }),
  z.extend(withUndo, { template: z.literal('address-changed') }),
  z.extend(base, {
    template: z.literal('account-deleted'),
    items: z.int().check(z.nonnegative()),
    /** What S3 listed of it and lists no more. */
    objects: z.int().check(z.nonnegative()),
    bytes: z.int().check(z.nonnegative()),
    /** Items that the owners of groups have now, and those of `items` for which they had no room. */
    itemsHandedOver: z._default(z.int().check(z.nonnegative()), 0),
    itemsWithoutRoom: z._default(z.int().check(z.nonnegative()), 0),
    groupsHandedOver: z._default(z.int().check(z.nonnegative()), 0),
    groupsEnded: z._default(z.int().check(z.nonnegative()), 0),
    copies: z._default(edgeCopies, { shown: 0, dropped: 0, lastAt: null, paths: [] }),
  }),
  z.extend(base, { template: z.literal('export-ready') }),
  z.extend(base, {
    template: z.literal('new-device'),
    browser: z.nullable(z.string()),
    system: z.nullable(z.string()),
    /** Two letters of ISO 3166-1. */
    country: z.nullable(z.string()),
    city: z.nullable(z.string()),
    at: z.iso.datetime(),
  }),
])

export type MailMessage = z.infer<typeof mailMessageSchema>
