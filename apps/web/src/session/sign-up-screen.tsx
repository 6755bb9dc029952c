import { A, useNavigate, useSearchParams } from '@solidjs/router'
import { createSignal, type JSX } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'
import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import type { RefusalCode } from '@shoebox/shared/refusals.ts'
import { api } from '../api/client.ts'
import { findRefusal } from '../api/refusal.ts'
import { useTitle } from '../ui/use-title.ts'
import { TextField } from '../ui/text-field.tsx'
import { sentenceForError, words } from '../words/words.ts'
import { AcceptTermsField } from './accept-terms-field.tsx'
import { FormAlert, FormFrame } from './form-frame.tsx'
import { judgeSignUp, type FieldErrors, type SignUpFields } from './judge-form.ts'
import { findNextPlace, withNext } from './next-place.ts'
import { writePendingSignUp } from './pending-sign-up.ts'

const fieldNames = ['name', 'email', 'password', 'confirmPassword'] as const satisfies (keyof SignUpFields)[]

/** The field a refusal is about. */
const fieldOf: Partial<Record<RefusalCode, keyof SignUpFields>> = {
  passwords_differ: 'confirmPassword',
  password_too_short: 'password',
  password_too_long: 'password',
  password_too_common: 'password',
  password_is_address: 'password',
}

export function SignUpScreen(): JSX.Element {
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const [fields, setFields] = createStore<SignUpFields>({ name: '', email: '', password: '', confirmPassword: '' })
  const [errors, setErrors] = createStore<FieldErrors>({})
  const [alert, setAlert] = createSignal<string>()
  const [hasAccepted, setAccepted] = createSignal(false)
  const [isMissed, setMissed] = createSignal(false)
  const [isBusy, setBusy] = createSignal(false)
  let form: HTMLFormElement | undefined
  useTitle(() => words.account.signUp)

  const focus = (name: keyof SignUpFields | 'terms') => form?.querySelector<HTMLInputElement>(`[name=${name}]`)?.focus()

  /** A field is judged when it is left with something in it; an error goes as soon as it is mended. */
  const judgeOne = (name: keyof SignUpFields) => {
    if (fields[name] !== '') setErrors(reconcile({ ...errors, [name]: judgeSignUp({ ...fields })[name] }))
  }
  const type = (name: keyof SignUpFields, value: string) => {
    setFields(name, value)
    if (errors[name] !== undefined) setErrors(reconcile({ ...errors, [name]: judgeSignUp({ ...fields })[name] }))
  }

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const found = judgeSignUp({ ...fields })
    setErrors(reconcile(found))
    setAlert(undefined)
    const wrong = fieldNames.find((name) => found[name] !== undefined)
    setMissed(!hasAccepted())
    if (wrong !== undefined) return focus(wrong)
    if (!hasAccepted()) return focus('terms')
    setBusy(true)
    try {
      const pending = await api.account.signUp.mutate({
        ...fields,
        email: fields.email.trim(),
        acceptedTerms: termsVersion,
      })
      writePendingSignUp(sessionStorage, { ...pending, sentAtMs: Date.now() })
      navigate(withNext('/sign-up/code', findNextPlace(search['next'])))
    } catch (error) {
      const field = fieldOf[findRefusal(error)?.code ?? 'not_found']
      if (field === undefined) return setAlert(sentenceForError(error))
      setErrors(field, sentenceForError(error))
      focus(field)
    } finally {
      setBusy(false)
    }
  }

  return (
    <FormFrame title={words.account.signUpTitle} lead={words.account.signUpLead}>
      <form ref={(element) => (form = element)} class="flex flex-col gap-4" novalidate onSubmit={submit}>
        <FormAlert text={alert()} />
        <TextField
          label={words.account.name}
          name="name"
          autocomplete="name"
          hint={words.account.nameHint}
          value={fields.name}
          onInput={(value) => type('name', value)}
          onLeft={() => judgeOne('name')}
          error={errors.name}
        />
        <TextField
          label={words.account.email}
          name="email"
          type="email"
          autocomplete="username"
          value={fields.email}
          onInput={(value) => type('email', value)}
          onLeft={() => judgeOne('email')}
          error={errors.email}
        />
        <TextField
          label={words.account.password}
          name="password"
          type="password"
          autocomplete="new-password"
          hint={words.account.newPasswordHint}
          value={fields.password}
          onInput={(value) => type('password', value)}
          onLeft={() => judgeOne('password')}
          error={errors.password}
        />
        <TextField
          label={words.account.confirm}
          name="confirmPassword"
          type="password"
          autocomplete="new-password"
          value={fields.confirmPassword}
          onInput={(value) => type('confirmPassword', value)}
          onLeft={() => judgeOne('confirmPassword')}
          error={errors.confirmPassword}
        />
        <AcceptTermsField
          isMissed={isMissed()}
          onInput={(isTicked) => {
            setAccepted(isTicked)
            setMissed(false)
          }}
        />
        <button type="submit" class="button button-main mt-2 min-h-12" disabled={isBusy()}>
          {isBusy() ? words.account.working : words.account.signUp}
        </button>
      </form>
      <p class="text-soft">
        {words.account.haveAccount}{' '}
        <A class="link" href={withNext('/sign-in', findNextPlace(search['next']))}>
          {words.account.signIn}
        </A>
      </p>
    </FormFrame>
  )
}
