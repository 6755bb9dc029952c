import * as z from 'zod'
import { codeDigits } from '@shoebox/shared/account/codes.ts'
import { passwordCharactersMax } from '@shoebox/shared/account/password-policy.ts'
import { planNames } from '@shoebox/shared/upload/quota-plans.ts'
import { idInput, idOutput } from '../trpc/ids.schema.ts'

/** Addresses are compared and stored in lower case. */
const email = z.string().trim().toLowerCase().max(254).pipe(z.email())

/** Well above what is accepted as a new password, so that the policy and not the schema says what is wrong. */
const password = z
  .string()
  .min(1)
  .max(passwordCharactersMax * 5)

export const nameCharactersMax = 60

export const signUpInput = z.strictObject({
  /** Goes into mails: no line breaks or other control characters. */
  name: z
    .string()
    .trim()
    .min(1)
    .max(nameCharactersMax)
    .regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u),
  email,
  password,
  confirmPassword: password,
})
export const signUpOutput = z.strictObject({ verificationId: idOutput('verification'), email: z.string() })

export const verifySignUpInput = z.strictObject({
  verificationId: idInput('verification'),
  code: z.string().regex(new RegExp(`^\\d{${codeDigits}}$`)),
})

export const resendCodeInput = z.strictObject({ verificationId: idInput('verification') })

export const signInInput = z.strictObject({ email, password })

const user = z.strictObject({ id: idOutput('user'), name: z.string(), email: z.string() })
export const signedInOutput = z.strictObject({ user })
export const meOutput = z.strictObject({ user: user.nullable() })

const bytes = z.int().nonnegative()
export const usageOutput = z.strictObject({
  plan: z.enum(planNames),
  /** Of the present UTC day. */
  day: z.strictObject({ usedBytes: bytes, limitBytes: bytes, resetsAt: z.iso.datetime() }),
  total: z.strictObject({ usedBytes: bytes, limitBytes: bytes }),
})

export type UsageOutput = z.infer<typeof usageOutput>
export type SignUpInput = z.infer<typeof signUpInput>
export type VerifySignUpInput = z.infer<typeof verifySignUpInput>
export type SignInInput = z.infer<typeof signInInput>
