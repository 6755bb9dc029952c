import * as z from 'zod'
import { codeInput, sentCodeOutput } from '../account/codes.schema.ts'

/** Hash of a session's token, as sessions are listed by. */
const sessionId = z.string().regex(/^[\w-]{43}$/)

export const sessionsOutput = z.strictObject({
  sessions: z.array(
    z.strictObject({
      id: sessionId,
      /** Names, such as Firefox and Windows; null where the browser does not say. */
      browser: z.string().nullable(),
      system: z.string().nullable(),
      /** Two letters of ISO 3166-1. */
      country: z.string().nullable(),
      city: z.string().nullable(),
      createdAt: z.iso.datetime(),
      /** To within an hour. */
      lastSeenAt: z.iso.datetime(),
      isCurrent: z.boolean(),
    }),
  ),
})

export const revokeInput = z.strictObject({ id: sessionId })
export const revokeOthersOutput = z.strictObject({ ended: z.int().nonnegative() })
export const stepUpInput = codeInput
export const stepUpOutput = z.strictObject({ until: z.iso.datetime() })
export const requestStepUpOutput = sentCodeOutput

export type SessionsOutput = z.infer<typeof sessionsOutput>
