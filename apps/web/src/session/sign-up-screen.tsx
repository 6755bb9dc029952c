import { A, useNavigate } from '@solidjs/router'
import { createSignal, type JSX } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'
import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import { api } from '../api/client.ts'
import { findRefusal } from '../api/refusal.ts'
import { useTitle } from '../ui/use-title.ts'
import { TextField } from '../ui/text-field.tsx'
import { accountWords } from '../words/account-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError, words } from '../words/words.ts'
import { AcceptTermsField } from './accept-terms-field.tsx'
import { FormAlert, FormFrame } from './form-frame.tsx'
import { judgeSignUp, type FieldErrors, type SignUpFields } from './judge-form.ts'
import { passwordFieldOf } from './new-password-fields.tsx'
import { withNext } from './next-place.ts'
import { writePendingCode } from './pending-code.ts'
import { useNext } from './use-next.ts'

const fieldNames = ['name', 'email', 'password', 'confirmPassword'] as const satisfies (keyof SignUpFields)[]

export function SignUpScreen(): JSX.Element {
  const navigate = useNavigate()
  const next = useNext()
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
      const sent = await api.account.signUp.mutate({
        ...fields,
        email: fields.email.trim(),
        acceptedTerms: termsVersion,
      })
      writePendingCode(sessionStorage, 'sign-up', { ...sent, sentAtMs: Date.now() })
      navigate(withNext('/sign-up/code', next()))
    } catch (error) {
      const field = passwordFieldOf[findRefusal(error)?.code ?? 'not_found']
      if (field === undefined) return setAlert(sentenceForError(error))
      setErrors(field, sentenceForError(error))
      focus(field)
    } finally {
      setBusy(false)
    }
  }

  return (
    <FormFrame title={accountWords.signUpTitle} lead={accountWords.signUpLead}>
      <form ref={(element) => (form = element)} data-entry class="flex flex-col gap-4" novalidate onSubmit={submit}>
        <FormAlert text={alert()} />
        <TextField
          label={accountWords.name}
          name="name"
          autocomplete="name"
          hint={accountWords.nameHint}
          value={fields.name}
          onInput={(value) => type('name', value)}
          onLeft={() => judgeOne('name')}
          error={errors.name}
        />
        <TextField
          label={accountWords.email}
          name="email"
          type="email"
          autocomplete="username"
          value={fields.email}
          onInput={(value) => type('email', value)}
          onLeft={() => judgeOne('email')}
          error={errors.email}
        />
        <TextField
          label={accountWords.password}
          name="password"
          type="password"
          autocomplete="new-password"
          hint={accountWords.newPasswordHint}
          value={fields.password}
          onInput={(value) => type('password', value)}
          onLeft={() => judgeOne('password')}
          error={errors.password}
        />
        <TextField
          label={accountWords.confirm}
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
          {isBusy() ? screenWords.account.working : words.account.signUp}
        </button>
      </form>
      <p class="text-soft">
        {accountWords.haveAccount}{' '}
        <A class="link" href={withNext('/sign-in', next())}>
          {screenWords.account.signIn}
        </A>
      </p>
    </FormFrame>
  )
}
