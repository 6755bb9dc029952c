import { A, useNavigate, useSearchParams } from '@solidjs/router'
import { createSignal, type JSX } from 'solid-js'
import { createStore } from 'solid-js/store'
import { api } from '../api/client.ts'
import { useShoebox } from '../compose.ts'
import { useTitle } from '../ui/use-title.ts'
import { TextField } from '../ui/text-field.tsx'
import { sentenceForError, words } from '../words/words.ts'
import { FormAlert, FormFrame } from './form-frame.tsx'
import { judgeEmail } from './judge-form.ts'
import { findNextPlace, withNext } from './next-place.ts'

export function SignInScreen(): JSX.Element {
  const { session } = useShoebox()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const [fields, setFields] = createStore({ email: '', password: '' })
  const [errors, setErrors] = createStore<{ email?: string | undefined; password?: string | undefined }>({})
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  let form: HTMLFormElement | undefined
  useTitle(() => words.account.signIn)

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    setErrors({
      email: judgeEmail(fields.email),
      password: fields.password === '' ? words.account.enterPassword : undefined,
    })
    setAlert(undefined)
    const wrong = errors.email !== undefined ? 'email' : errors.password !== undefined ? 'password' : null
    if (wrong !== null) return form?.querySelector<HTMLInputElement>(`[name=${wrong}]`)?.focus()
    setBusy(true)
    try {
      const { user } = await api.account.signIn.mutate({ email: fields.email.trim(), password: fields.password })
      session.enter(user)
      navigate(findNextPlace(search['next']), { replace: true })
    } catch (error) {
      setAlert(sentenceForError(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <FormFrame title={words.account.signInTitle} lead={words.account.signInLead}>
      <form ref={(element) => (form = element)} class="flex flex-col gap-4" novalidate onSubmit={submit}>
        <FormAlert text={alert()} />
        <TextField
          label={words.account.email}
          name="email"
          type="email"
          autocomplete="username"
          value={fields.email}
          onInput={(value) => setFields('email', value)}
          error={errors.email}
        />
        <TextField
          label={words.account.password}
          name="password"
          type="password"
          autocomplete="current-password"
          value={fields.password}
          onInput={(value) => setFields('password', value)}
          error={errors.password}
        />
        <button type="submit" class="button button-main mt-2 min-h-12" disabled={isBusy()}>
          {isBusy() ? words.account.working : words.account.signIn}
        </button>
      </form>
      <p class="text-soft">
        {words.account.noAccount}{' '}
        <A class="link" href={withNext('/sign-up', findNextPlace(search['next']))}>
          {words.account.signUp}
        </A>
      </p>
    </FormFrame>
  )
}
