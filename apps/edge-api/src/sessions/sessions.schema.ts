import * as z from 'zod/mini'
import { codeInput, sentCodeOutput } from '../account/codes.schema.ts'

/** Hash of a session's token, as sessions are listed by. */
const sessionId = z.string().check(z.regex(/^[\w-]{43}$/))

export const sessionsOutput = z.strictObject({
  sessions: z.array(
    z.strictObject({
      id: sessionId,
      /** Names, such as Firefox and Windows; null where the browser does not say. */
      browser: z.nullable(z.string()),
      system: z.nullable(z.string()),
      /** Two letters of ISO 3166-1. */
      country: z.nullable(z.string()),
      city: z.nullable(z.string()),
      createdAt: z.iso.datetime(),
      /** To within an hour. */
      lastSeenAt: z.iso.datetime(),
      isCurrent: z.boolean(),
    }),
  ),
})

export const revokeInput = z.strictObject({ id: sessionId })
export const revokeOthersOutput = z.strictObject({ ended: z.int().check(z.nonnegative()) })
export const stepUpInput = codeInput
export const stepUpOutput = z.strictObject({ until: z.iso.datetime() })
export const requestStepUpOutput = sentCodeOutput

export type SessionsOutput = z.infer<typeof sessionsOutput>
