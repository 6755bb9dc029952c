import type { JSX } from 'solid-js'
import { createStore, reconcile, unwrap } from 'solid-js/store'
import type { RefusalCode } from '@shoebox/shared/refusals.ts'
import { findRefusal } from '../api/refusal.ts'
import { TextField } from '../ui/text-field.tsx'
import { accountWords } from '../words/account-words.ts'
import { sentenceForError } from '../words/words.ts'
import { judgeNewPassword, type NewPassword } from './judge-form.ts'

/** Which of the two fields a refusal is about. */
export const passwordFieldOf: Partial<Record<RefusalCode, keyof NewPassword>> = {
  passwords_differ: 'confirmPassword',
  password_too_short: 'password',
  password_too_long: 'password',
  password_too_common: 'password',
  password_is_address: 'password',
}

export type NewPasswordEntry = ReturnType<typeof createNewPassword>

/** A new password and the same again, judged for whose it will be. */
export function createNewPassword(email: () => string) {
  const [fields, setFields] = createStore<NewPassword>({ password: '', confirmPassword: '' })
  const [errors, setErrors] = createStore<Partial<NewPassword>>({})
  const judge = () => judgeNewPassword({ ...fields }, email())
  return {
    fields,
    errors,
    values: (): NewPassword => ({ ...unwrap(fields) }),
    clear: () => setFields({ password: '', confirmPassword: '' }),
    type(name: keyof NewPassword, value: string): void {
      setFields(name, value)
      if (errors[name] !== undefined) setErrors(reconcile({ ...errors, [name]: judge()[name] }))
    },
    leave(name: keyof NewPassword): void {
      if (fields[name] !== '') setErrors(reconcile({ ...errors, [name]: judge()[name] }))
    },
    /** The field that is wrong, or null. */
    findWrong(): keyof NewPassword | null {
      const found = judge()
      setErrors(reconcile(found))
      return (['password', 'confirmPassword'] as const).find((name) => found[name] !== undefined) ?? null
    },
    /** Puts a refusal beside the field that it is about. False: it is about neither. */
    refuse(error: unknown): boolean {
      const name = passwordFieldOf[findRefusal(error)?.code ?? 'not_found']
      if (name === undefined) return false
      setErrors(name, sentenceForError(error))
      return true
    },
  }
}

export function NewPasswordFields(props: { entry: NewPasswordEntry }): JSX.Element {
  return (
    <>
      <TextField
        label={accountWords.newPassword}
        name="password"
        type="password"
        autocomplete="new-password"
        hint={accountWords.newPasswordHint}
        value={props.entry.fields.password}
        onInput={(value) => props.entry.type('password', value)}
        onLeft={() => props.entry.leave('password')}
        error={props.entry.errors.password}
      />
      <TextField
        label={accountWords.newPasswordAgain}
        name="confirmPassword"
        type="password"
        autocomplete="new-password"
        value={props.entry.fields.confirmPassword}
        onInput={(value) => props.entry.type('confirmPassword', value)}
        onLeft={() => props.entry.leave('confirmPassword')}
        error={props.entry.errors.confirmPassword}
      />
    </>
  )
}
