import { A, useLocation, useNavigate } from '@solidjs/router'
import { createSignal, untrack, type JSX } from 'solid-js'
import { api } from '../api/client.ts'
import { TextField } from '../ui/text-field.tsx'
import { useTitle } from '../ui/use-title.ts'
import { accountWords } from '../words/account-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError } from '../words/words.ts'
import { FormAlert, FormFrame } from './form-frame.tsx'
import { judgeEmail } from './judge-form.ts'
import { withNext } from './next-place.ts'
import { writePendingCode } from './pending-code.ts'
import { useNext } from './use-next.ts'

/** For whoever does not know their password: a code to the address, whose entry is reset-screen.tsx. */
export function ForgotScreen(): JSX.Element {
  const navigate = useNavigate()
  const location = useLocation<{ email?: string }>()
  const next = useNext()
  const [email, setEmail] = createSignal(untrack(() => location.state?.email) ?? '')
  const [error, setError] = createSignal<string>()
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  let input: HTMLInputElement | undefined
  useTitle(() => accountWords.forgotTitle)

  const send = async (event: SubmitEvent) => {
    event.preventDefault()
    setError(judgeEmail(email()))
    setAlert(undefined)
    if (error() !== undefined) return input?.focus()
    setBusy(true)
    try {
      const sent = await api.account.requestReset.mutate({ email: email().trim() })
      writePendingCode(sessionStorage, 'reset', { ...sent, sentAtMs: Date.now() })
      navigate(withNext('/sign-in/reset', next()))
    } catch (failure) {
      setAlert(sentenceForError(failure))
    } finally {
      setBusy(false)
    }
  }

  return (
    <FormFrame title={accountWords.forgotTitle} lead={accountWords.forgotLead}>
      <form data-entry class="flex flex-col gap-4" novalidate onSubmit={send}>
        <FormAlert text={alert()} />
        <TextField
          label={accountWords.email}
          name="email"
          type="email"
          autocomplete="username"
          value={email()}
          onInput={(value) => {
            setEmail(value)
            setError(undefined)
          }}
          error={error()}
          inputRef={(element) => (input = element)}
        />
        <button type="submit" class="button button-main min-h-12" disabled={isBusy()}>
          {isBusy() ? screenWords.account.working : accountWords.forgotSend}
        </button>
      </form>
      <A class="link-alone self-start" href={withNext('/sign-in', next())}>
        {screenWords.account.signIn}
      </A>
    </FormFrame>
  )
}
