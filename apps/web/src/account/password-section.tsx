import { A } from '@solidjs/router'
import { createSignal, Match, Switch, type JSX } from 'solid-js'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { isRefusedWith } from '../api/refusal.ts'
import { FormAlert } from '../session/form-frame.tsx'
import { createNewPassword, NewPasswordFields } from '../session/new-password-fields.tsx'
import type { User } from '../session/session.ts'
import { TextField } from '../ui/text-field.tsx'
import { showToast } from '../ui/toasts.tsx'
import { accountWords } from '../words/account-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError } from '../words/words.ts'
import { Section } from './own-screen.tsx'
import { useProfile } from './profile-query.ts'

const words = accountWords.security

/** Changing the password; for whoever has none, or not in mind, the way by a code. */
export function PasswordSection(props: { user: User }): JSX.Element {
  const profile = useProfile(() => props.user)
  const [isOpen, setOpen] = createSignal(false)
  return (
    <Section title={words.password}>
      <Switch
        fallback={
          <button type="button" class="button button-quiet self-start" onClick={() => setOpen(true)}>
            {words.changePassword}
          </button>
        }
      >
        <Match when={profile.data?.hasPassword === false}>
          <p class="text-soft">{words.noPassword}</p>
          <A
            class="button button-quiet self-start"
            href="/sign-in/forgot?next=/you"
            state={{ email: props.user.email }}
          >
            {words.setPassword}
          </A>
        </Match>
        <Match when={isOpen()}>
          <PasswordForm user={props.user} onDone={() => setOpen(false)} />
        </Match>
      </Switch>
    </Section>
  )
}

export function PasswordForm(props: { user: User; onDone: () => void }): JSX.Element {
  const [current, setCurrent] = createSignal('')
  const [error, setError] = createSignal<string>()
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  const password = createNewPassword(() => props.user.email)
  let form: HTMLFormElement | undefined
  const focus = (name: string) => form?.querySelector<HTMLInputElement>(`[name=${name}]`)?.focus()

  const explain = (failure: unknown) => {
    if (password.refuse(failure)) return focus(password.errors.password === undefined ? 'confirmPassword' : 'password')
    if (!isRefusedWith(failure, 'wrong_password')) return setAlert(sentenceForError(failure))
    setError(sentenceForError(failure))
    focus('currentPassword')
  }
  const change = async (event: SubmitEvent) => {
    event.preventDefault()
    setAlert(undefined)
    const wrong = password.findWrong()
    setError(current() === '' ? accountWords.enterPassword : undefined)
    if (error() !== undefined) return focus('currentPassword')
    if (wrong !== null) return focus(wrong)
    setBusy(true)
    try {
      await api.account.changePassword.mutate({ currentPassword: current(), ...password.values() })
      showToast(words.passwordChanged)
      void queryClient.invalidateQueries({ queryKey: ['sessions.list'] })
      props.onDone()
    } catch (failure) {
      explain(failure)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form ref={(element) => (form = element)} class="flex max-w-105 flex-col gap-4" novalidate onSubmit={change}>
      <FormAlert text={alert()} />
      <input type="email" autocomplete="username" value={props.user.email} readonly hidden />
      <TextField
        label={words.currentPassword}
        name="currentPassword"
        type="password"
        autocomplete="current-password"
        value={current()}
        onInput={(value) => {
          setCurrent(value)
          setError(undefined)
        }}
        error={error()}
      />
      <NewPasswordFields entry={password} />
      <p class="text-sm text-soft">{words.passwordEnds}</p>
      <div class="flex flex-wrap gap-3">
        <button type="submit" class="button button-main" disabled={isBusy()}>
          {isBusy() ? screenWords.account.working : words.changePassword}
        </button>
        <button type="button" class="button button-quiet" onClick={() => props.onDone()}>
          {words.cancel}
        </button>
      </div>
    </form>
  )
}
