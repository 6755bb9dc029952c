import { createSignal, Match, Switch, type JSX } from 'solid-js'
import { isRefusedWith } from '../api/refusal.ts'
import { FormAlert } from '../session/form-frame.tsx'
import type { User } from '../session/session.ts'
import { Sheet } from '../ui/sheet.tsx'
import { TextField } from '../ui/text-field.tsx'
import { accountWords } from '../words/account-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError } from '../words/words.ts'
import { useProfile } from './profile-query.ts'
import { StepUpForm } from './step-up-form.tsx'

const words = accountWords.data

/** Deletes the account; null is for whoever entered a code. Rejects with what the API refused. */
type Remove = (password: string | null) => Promise<unknown>
type ConfirmProps = { remove: Remove; onDeleted: () => void }
type DeleteSheetProps = ConfirmProps & { user: User; onClose: () => void }

/** The last question, answered by the password or, for whoever has none, by a code. Nothing undoes what follows. */
export function DeleteSheet(props: DeleteSheetProps): JSX.Element {
  const profile = useProfile(() => props.user)
  return (
    <Sheet title={words.deleteTitle} onClose={props.onClose}>
      <div class="flex flex-col gap-4">
        <p>{words.deleteForGood}</p>
        <Switch fallback={<p class="pulse">{screenWords.viewer.loading}</p>}>
          <Match when={profile.isLoadingError}>
            <p role="alert" class="text-bad">
              {sentenceForError(profile.error)}
            </p>
          </Match>
          <Match when={profile.data?.hasPassword === true}>
            <ByPassword remove={props.remove} onDeleted={props.onDeleted} />
          </Match>
          <Match when={profile.data}>
            <ByCode remove={props.remove} onDeleted={props.onDeleted} />
          </Match>
        </Switch>
      </div>
    </Sheet>
  )
}

function ByPassword(props: ConfirmProps): JSX.Element {
  const [password, setPassword] = createSignal('')
  const [error, setError] = createSignal<string>()
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  let input: HTMLInputElement | undefined
  const remove = async (event: SubmitEvent) => {
    event.preventDefault()
    setAlert(undefined)
    setError(password() === '' ? accountWords.enterPassword : undefined)
    if (error() !== undefined) return input?.focus()
    setBusy(true)
    try {
      await props.remove(password())
      props.onDeleted()
    } catch (failure) {
      if (isRefusedWith(failure, 'wrong_password')) setError(sentenceForError(failure))
      else setAlert(sentenceForError(failure))
      setBusy(false)
    }
  }
  return (
    <form class="flex flex-col gap-4" novalidate onSubmit={remove}>
      <FormAlert text={alert()} />
      <TextField
        label={accountWords.password}
        name="password"
        type="password"
        autocomplete="current-password"
        value={password()}
        onInput={(value) => {
          setPassword(value)
          setError(undefined)
        }}
        error={error()}
        inputRef={(element) => (input = element)}
      />
      <button type="submit" class="button button-quiet min-h-12 border-bad text-bad" disabled={isBusy()}>
        {isBusy() ? screenWords.account.working : words.delete}
      </button>
    </form>
  )
}

function ByCode(props: ConfirmProps): JSX.Element {
  const [isConfirmed, setConfirmed] = createSignal(false)
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  const remove = async () => {
    setBusy(true)
    setAlert(undefined)
    try {
      await props.remove(null)
      return props.onDeleted()
    } catch (failure) {
      // The code counts for some minutes only.
      if (isRefusedWith(failure, 'step_up_needed')) setConfirmed(false)
      setAlert(sentenceForError(failure))
    }
    setBusy(false)
  }
  return (
    <>
      <FormAlert text={alert()} />
      <Switch>
        <Match when={isConfirmed()}>
          <button
            type="button"
            class="button button-quiet min-h-12 border-bad text-bad"
            disabled={isBusy()}
            onClick={() => void remove()}
          >
            {words.delete}
          </button>
        </Match>
        <Match when={true}>
          <StepUpForm onDone={() => setConfirmed(true)} />
        </Match>
      </Switch>
    </>
  )
}
