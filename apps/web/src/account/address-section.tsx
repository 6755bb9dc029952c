// Moving the account to another address: the password, then a code that is mailed to the new one.
import { createSignal, Match, Switch, type JSX } from 'solid-js'
import { api } from '../api/client.ts'
import { isRefusedWith } from '../api/refusal.ts'
import { useShoebox } from '../compose.ts'
import { CodeForm } from '../session/code-form.tsx'
import { FormAlert } from '../session/form-frame.tsx'
import { judgeEmail } from '../session/judge-form.ts'
import type { SentCode } from '../session/pending-code.ts'
import type { User } from '../session/session.ts'
import { TextField } from '../ui/text-field.tsx'
import { showToast } from '../ui/toasts.tsx'
import { accountWords } from '../words/account-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError } from '../words/words.ts'
import { Section } from './own-screen.tsx'
import { renewProfile } from './profile-query.ts'

const words = accountWords.security

export function AddressSection(props: { user: User }): JSX.Element {
  const { session } = useShoebox()
  const [step, setStep] = createSignal<'shown' | 'asking' | SentCode>('shown')
  const sent = () => {
    const now = step()
    return typeof now === 'object' ? now : undefined
  }
  const confirm = async (verificationId: SentCode['verificationId'], code: string) => {
    const { user } = await api.account.confirmAddressChange.mutate({ verificationId, code })
    session.change({ email: user.email })
    void renewProfile()
    showToast(words.addressChanged(user.email))
    setStep('shown')
  }

  return (
    <Section title={words.address}>
      <Switch>
        <Match when={step() === 'shown'}>
          <p class="text-soft wrap-anywhere">{props.user.email}</p>
          <button type="button" class="button button-quiet self-start" onClick={() => setStep('asking')}>
            {words.changeAddress}
          </button>
        </Match>
        <Match when={step() === 'asking'}>
          <AskForm onSent={setStep} onCancel={() => setStep('shown')} />
        </Match>
        <Match when={sent()}>
          {(code) => (
            <div class="flex max-w-105 flex-col gap-4">
              <p class="text-soft">{accountWords.checkLead(code().email)}</p>
              <CodeForm
                sent={code()}
                onResent={(sentAtMs) => setStep({ ...code(), sentAtMs })}
                enter={(digits) => confirm(code().verificationId, digits)}
              />
              <button type="button" class="link-alone self-center" onClick={() => setStep('shown')}>
                {words.cancel}
              </button>
            </div>
          )}
        </Match>
      </Switch>
    </Section>
  )
}

function AskForm(props: { onSent: (sent: SentCode) => void; onCancel: () => void }): JSX.Element {
  const [email, setEmail] = createSignal('')
  const [password, setPassword] = createSignal('')
  const [errors, setErrors] = createSignal<{ newEmail?: string | undefined; password?: string | undefined }>({})
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  let form: HTMLFormElement | undefined
  const show = (found: ReturnType<typeof errors>) => {
    setErrors(found)
    const wrong = (['newEmail', 'password'] as const).find((name) => found[name] !== undefined)
    if (wrong !== undefined) form?.querySelector<HTMLInputElement>(`[name=${wrong}]`)?.focus()
    return wrong === undefined
  }

  const ask = async (event: SubmitEvent) => {
    event.preventDefault()
    setAlert(undefined)
    const found = { newEmail: judgeEmail(email()), password: password() ? undefined : accountWords.enterPassword }
    if (!show(found)) return
    setBusy(true)
    try {
      const sent = await api.account.requestAddressChange.mutate({ email: email().trim(), password: password() })
      props.onSent({ ...sent, sentAtMs: Date.now() })
    } catch (failure) {
      if (isRefusedWith(failure, 'wrong_password')) show({ password: sentenceForError(failure) })
      else setAlert(sentenceForError(failure))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form ref={(element) => (form = element)} class="flex max-w-105 flex-col gap-4" novalidate onSubmit={ask}>
      <FormAlert text={alert()} />
      <TextField
        label={words.newAddress}
        name="newEmail"
        type="email"
        autocomplete="email"
        hint={words.newAddressHint}
        value={email()}
        onInput={setEmail}
        error={errors().newEmail}
      />
      <TextField
        label={accountWords.password}
        name="password"
        type="password"
        autocomplete="current-password"
        value={password()}
        onInput={setPassword}
        error={errors().password}
      />
      <div class="flex flex-wrap gap-3">
        <button type="submit" class="button button-main" disabled={isBusy()}>
          {isBusy() ? screenWords.account.working : accountWords.forgotSend}
        </button>
        <button type="button" class="button button-quiet" onClick={() => props.onCancel()}>
          {words.cancel}
        </button>
      </div>
    </form>
  )
}
