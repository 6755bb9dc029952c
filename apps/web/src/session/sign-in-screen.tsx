// Signing in, with a password or with a code: one page and one address field for both.
import { A, useNavigate } from '@solidjs/router'
import { createSignal, type JSX } from 'solid-js'
import { createStore } from 'solid-js/store'
import { api } from '../api/client.ts'
import { useTitle } from '../ui/use-title.ts'
import { TextField } from '../ui/text-field.tsx'
import { accountWords } from '../words/account-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError, words } from '../words/words.ts'
import { useBannedPage } from './banned-page.ts'
import { FormAlert, FormFrame } from './form-frame.tsx'
import { judgeEmail } from './judge-form.ts'
import { withNext } from './next-place.ts'
import { writePendingCode } from './pending-code.ts'
import { useEntering } from './use-entering.ts'
import { useNext } from './use-next.ts'

type Fields = { email: string; password: string }

export function SignInScreen(): JSX.Element {
  const navigate = useNavigate()
  const next = useNext()
  const enterAs = useEntering()
  const showBan = useBannedPage()
  const [fields, setFields] = createStore<Fields>({ email: '', password: '' })
  const [errors, setErrors] = createStore<{ [Name in keyof Fields]?: string | undefined }>({})
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  let form: HTMLFormElement | undefined
  useTitle(() => screenWords.account.signIn)

  const type = (name: keyof Fields, value: string) => {
    setFields(name, value)
    setErrors(name, undefined)
  }

  /** Does one of the two once what it needs is filled in. */
  const tryTo = async (work: () => Promise<void>, needed: readonly (keyof Fields)[]) => {
    setAlert(undefined)
    setErrors({
      email: judgeEmail(fields.email),
      password: needed.includes('password') && fields.password === '' ? accountWords.enterPassword : undefined,
    })
    const wrong = needed.find((name) => errors[name] !== undefined)
    if (wrong !== undefined) return form?.querySelector<HTMLInputElement>(`[name=${wrong}]`)?.focus()
    setBusy(true)
    try {
      await work()
    } catch (error) {
      if (!showBan(error, fields.email.trim())) setAlert(sentenceForError(error))
    } finally {
      setBusy(false)
    }
  }

  const signIn = async () => {
    const { user } = await api.account.signIn.mutate({ email: fields.email.trim(), password: fields.password })
    enterAs(user)
  }
  const sendCode = async () => {
    const sent = await api.account.requestSignInCode.mutate({ email: fields.email.trim() })
    writePendingCode(sessionStorage, 'sign-in', { ...sent, sentAtMs: Date.now() })
    navigate(withNext('/sign-in/code', next()))
  }

  return (
    <FormFrame title={accountWords.signInTitle} lead={accountWords.signInLead}>
      <form
        ref={(element) => (form = element)}
        data-entry
        class="flex flex-col gap-4"
        novalidate
        onSubmit={(event) => {
          event.preventDefault()
          void tryTo(signIn, ['email', 'password'])
        }}
      >
        <FormAlert text={alert()} />
        <TextField
          label={accountWords.email}
          name="email"
          type="email"
          autocomplete="username"
          value={fields.email}
          onInput={(value) => type('email', value)}
          error={errors.email}
        />
        <TextField
          label={accountWords.password}
          name="password"
          type="password"
          autocomplete="current-password"
          value={fields.password}
          onInput={(value) => type('password', value)}
          error={errors.password}
        />
        <A
          class="link-alone -mt-2 self-start"
          href={withNext('/sign-in/forgot', next())}
          state={{ email: fields.email }}
        >
          {accountWords.forgot}
        </A>
        <button type="submit" class="button button-main min-h-12" disabled={isBusy()}>
          {isBusy() ? screenWords.account.working : screenWords.account.signIn}
        </button>
        <button
          type="button"
          class="button button-quiet min-h-12"
          disabled={isBusy()}
          onClick={() => void tryTo(sendCode, ['email'])}
        >
          {accountWords.sendCode}
        </button>
      </form>
      <p class="text-soft">
        {accountWords.noAccount}{' '}
        <A class="link" href={withNext('/sign-up', next())}>
          {words.account.signUp}
        </A>
      </p>
    </FormFrame>
  )
}
