// What the forms can say by themselves, before the API is asked. The API judges again, and more.
import { judgePassword } from '@shoebox/shared/account/password-policy.ts'
import { sentenceForRefusal, words } from '../words/words.ts'

export type SignUpFields = { name: string; email: string; password: string; confirmPassword: string }
export type FieldErrors = Partial<Record<keyof SignUpFields, string>>

const nameCharactersMax = 60
/** Only catches slips; whether mail arrives is what the code is for. */
const emailShape = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/

export function judgeEmail(email: string): string | undefined {
  if (email.trim() === '') return words.account.enterEmail
  return emailShape.test(email.trim()) ? undefined : words.account.badEmail
}

export function judgeSignUp(fields: SignUpFields): FieldErrors {
  const errors: FieldErrors = {}
  const name = fields.name.trim()
  if (name === '') errors.name = words.account.enterName
  else if (name.length > nameCharactersMax) errors.name = words.account.nameTooLong
  const email = judgeEmail(fields.email)
  if (email !== undefined) errors.email = email
  const password = judgePassword(fields.password, fields.email.trim(), new Set())
  if (!password.ok) errors.password = sentenceForRefusal({ code: password.refusal })
  if (fields.confirmPassword !== fields.password)
    errors.confirmPassword = sentenceForRefusal({ code: 'passwords_differ' })
  return errors
}
