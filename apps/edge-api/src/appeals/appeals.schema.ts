import * as z from 'zod/mini'
import { codeInput } from '../account/codes.schema.ts'
import { email } from '../account/account.schema.ts'
import { oneParagraph, pageInput } from '../bans/bans.schema.ts'
import { typedText } from '../groups/groups.schema.ts'
import { idInput, idOutput } from '../trpc/ids.schema.ts'
import {
  answerCharactersMax,
  appealCharactersMax,
  appealOutcomes,
  appealSubjects,
} from '@shoebox/shared/safety/bans.ts'
import { caseStates } from '@shoebox/shared/safety/reasons.ts'

const moment = z.iso.datetime()
const text = typedText(appealCharactersMax).check(z.refine((typed) => typed !== ''))

export const requestCodeInput = z.strictObject({ email })
/** Against the ban of the address that the code was mailed to. */
export const appealBanInput = z.strictObject({ ...codeInput.shape, text })
/** Against what became of one's own item. */
export const appealItemInput = z.strictObject({ mediaId: idInput('media'), text })

export const listInput = z.strictObject({ isOpen: z._default(z.boolean(), true), ...pageInput })
export const listOutput = z.strictObject({
  /** Open: the oldest first. Answered: the latest first. */
  appeals: z.array(
    z.strictObject({
      id: idOutput('appeal'),
      subject: z.enum(appealSubjects),
      userId: idOutput('user'),
      /** Null: the account is gone. */
      name: z.nullable(z.string()),
      text: z.string(),
      createdAt: moment,
      decision: z.nullable(
        z.strictObject({
          outcome: z.enum(appealOutcomes),
          answer: z.string(),
          at: moment,
          by: z.nullable(z.string()),
        }),
      ),
      /** What it is against, where that is a ban. */
      ban: z.nullable(
        z.strictObject({
          reason: z.string(),
          bannedAt: moment,
          endsAt: z.nullable(moment),
          by: z.nullable(z.string()),
        }),
      ),
      /** What it is against, where that is an item: its case, if there is one. */
      case: z.nullable(z.strictObject({ id: idOutput('case'), state: z.enum(caseStates) })),
      /** Whoever asks may not answer it: it is their own, or against what they decided, and somebody else can. */
      isForOthers: z.boolean(),
    }),
  ),
  nextCursor: z.nullable(z.string()),
})

export const decideInput = z.strictObject({
  appealId: idInput('appeal'),
  outcome: z.enum(appealOutcomes),
  /** For whoever appealed. */
  answer: oneParagraph(answerCharactersMax),
})

export type AppealBanInput = z.infer<typeof appealBanInput>
export type AppealItemInput = z.infer<typeof appealItemInput>
export type ListInput = z.infer<typeof listInput>
export type ListOutput = z.infer<typeof listOutput>
export type DecideInput = z.infer<typeof decideInput>
