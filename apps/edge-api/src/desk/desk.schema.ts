import * as z from 'zod/mini'
import {
  breakGlassReasons,
  caseStates,
  decidedMax,
  decisions,
  reportNoteCharactersMax,
  reportReasons,
  subjectKinds,
} from '@shoebox/shared/safety/reasons.ts'
import { typedText } from '../groups/groups.schema.ts'
import { idInput, idOutput } from '../trpc/ids.schema.ts'

const count = z.int().check(z.nonnegative())
const moment = z.iso.datetime()
const kind = z.enum(['image', 'video', 'audio'])
/** Everything under `base` opens with `query` until it expires. */
const delivery = z.strictObject({ base: z.string(), query: z.string(), expiresAt: moment })

export const summaryOutput = z.strictObject({
  /** Cases that wait for a decision. */
  undecided: count,
})

const shownCase = z.strictObject({
  id: idOutput('case'),
  subjectKind: z.enum(subjectKinds),
  /** Whose it is. The name of today, or the one that was reported where the account is gone; null where both are. */
  person: z.strictObject({ id: idOutput('user'), name: z.nullable(z.string()), isGone: z.boolean() }),
  mediaId: z.nullable(idOutput('media')),
  isInGroup: z.boolean(),
  groupName: z.nullable(z.string()),
  /** The caption, or what the comment said; empty also once it was forgotten. */
  text: z.string(),
  altText: z.string(),
  state: z.enum(caseStates),
  openedAt: moment,
  lastReportedAt: moment,
  decidedAt: z.nullable(moment),
  decidedBy: z.nullable(z.string()),
  decisionNote: z.string(),
  reportCount: count,
  reasons: z.array(z.enum(reportReasons)),
  /** It is about whoever asks: somebody else decides. */
  isOwn: z.boolean(),
  /** What was shown. `delivery` is null while it is copied, and where there is nothing to see. */
  evidence: z.nullable(
    z.strictObject({
      kind,
      isWaiting: z.boolean(),
      hasPicture: z.boolean(),
      hasPlay: z.boolean(),
      delivery: z.nullable(delivery),
    }),
  ),
})

export const casesInput = z.strictObject({
  isDecided: z._default(z.boolean(), false),
  subjectKind: z.optional(z.enum(subjectKinds)),
  place: z.optional(z.enum(['feed', 'groups'])),
  /** `nextCursor` of the answer before. */
  cursor: z.optional(z.string().check(z.maxLength(100))),
  size: z._default(z.int().check(z.minimum(1), z.maximum(100)), 30),
})
export const casesOutput = z.strictObject({
  /** Undecided: the longest waiting first. Decided: the last decided first. */
  cases: z.array(shownCase),
  nextCursor: z.nullable(z.string()),
})

export const caseInput = z.strictObject({ caseId: idInput('case') })
export const caseOutput = z.strictObject({
  case: shownCase,
  /** None to whom the case is about. */
  reports: z.array(
    z.strictObject({
      reporter: z.strictObject({ id: idOutput('user'), name: z.nullable(z.string()) }),
      reason: z.enum(reportReasons),
      note: z.string(),
      createdAt: moment,
    }),
  ),
  /** What there was about the same person before, the latest first. */
  history: z.strictObject({
    cases: z.array(
      z.strictObject({
        id: idOutput('case'),
        subjectKind: z.enum(subjectKinds),
        isSameSubject: z.boolean(),
        state: z.enum(caseStates),
        reasons: z.array(z.enum(reportReasons)),
        openedAt: moment,
        decidedAt: z.nullable(moment),
      }),
    ),
    warnings: z.array(z.strictObject({ reason: z.string(), at: moment })),
    bans: z.array(
      z.strictObject({ reason: z.string(), at: moment, endsAt: z.nullable(moment), liftedAt: z.nullable(moment) }),
    ),
  }),
})

export const decideInput = z.strictObject({
  caseIds: z.array(idInput('case')).check(z.minLength(1), z.maxLength(decidedMax)),
  decision: z.enum(decisions),
  note: z._default(typedText(reportNoteCharactersMax), ''),
})
export const decideOutput = z.strictObject({
  /** In the order in which they were asked for; each stands for itself. */
  answers: z.array(
    z.strictObject({
      caseId: idOutput('case'),
      outcome: z.enum(['decided', 'already_decided', 'not_possible', 'not_found']),
    }),
  ),
})

export const breakGlassInput = z.strictObject({ mediaId: idInput('media'), reason: z.enum(breakGlassReasons) })
export const breakGlassOutput = z.strictObject({ kind, hasPlay: z.boolean(), delivery })

export type SummaryOutput = z.infer<typeof summaryOutput>
export type ShownCase = z.infer<typeof shownCase>
export type CasesInput = z.infer<typeof casesInput>
export type CasesOutput = z.infer<typeof casesOutput>
export type CaseOutput = z.infer<typeof caseOutput>
export type DecideInput = z.infer<typeof decideInput>
export type DecideOutput = z.infer<typeof decideOutput>
export type BreakGlassInput = z.infer<typeof breakGlassInput>
export type BreakGlassOutput = z.infer<typeof breakGlassOutput>
