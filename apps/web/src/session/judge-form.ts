// What the forms can say by themselves, before the API is asked. The API judges again, and more.
import { judgePassword } from '@shoebox/shared/account/password-policy.ts'
import { accountWords } from '../words/account-words.ts'
import { sentenceForRefusal } from '../words/words.ts'

export type NewPassword = { password: string; confirmPassword: string }
export type SignUpFields = NewPassword & { name: string; email: string }
export type FieldErrors = Partial<Record<keyof SignUpFields, string>>

const nameCharactersMax = 60
/** Only catches slips; whether mail arrives is what the code is for. */
const emailShape = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/

export function judgeEmail(email: string): string | undefined {
  if (email.trim() === '') return accountWords.enterEmail
  return emailShape.test(email.trim()) ? undefined : accountWords.badEmail
}

export function judgeName(text: string): string | undefined {
  const name = text.trim()
  if (name === '') return accountWords.enterName
  return name.length > nameCharactersMax ? accountWords.nameTooLong : undefined
}

/** @param email whose password it becomes */
export function judgeNewPassword(fields: NewPassword, email: string): Partial<NewPassword> {
  const errors: Partial<NewPassword> = {}
  const password = judgePassword(fields.password, email, new Set())
  if (!password.ok) errors.password = sentenceForRefusal({ code: password.refusal })
  if (fields.confirmPassword !== fields.password)
    errors.confirmPassword = sentenceForRefusal({ code: 'passwords_differ' })
  return errors
}

export function judgeSignUp(fields: SignUpFields): FieldErrors {
  const errors: FieldErrors = judgeNewPassword(fields, fields.email.trim())
  const name = judgeName(fields.name)
  if (name !== undefined) errors.name = name
  const email = judgeEmail(fields.email)
  if (email !== undefined) errors.email = email
  return errors
}
