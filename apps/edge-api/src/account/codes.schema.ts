// Codes as they are sent and asked for, the same in every call that has to do with one.
import * as z from 'zod/mini'
import { codeDigits } from '@shoebox/shared/account/codes.ts'
import { idInput, idOutput } from '../trpc/ids.schema.ts'

export const codeInput = z.strictObject({
  verificationId: idInput('verification'),
  code: z.string().check(z.regex(new RegExp(`^\\d{${codeDigits}}$`))),
})

/** A code is on its way to `email`, or a mail that says why there is none. */
export const sentCodeOutput = z.strictObject({ verificationId: idOutput('verification'), email: z.string() })
