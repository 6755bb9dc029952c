import { createSignal, Show, type JSX } from 'solid-js'
import { api } from '../api/client.ts'
import { CodeForm } from '../session/code-form.tsx'
import { FormAlert } from '../session/form-frame.tsx'
import type { SentCode } from '../session/pending-code.ts'
import { accountWords } from '../words/account-words.ts'
import { sentenceForError } from '../words/words.ts'

/** Shows by a fresh code from the mail that it is still the same person: what asks for that may follow. */
export function StepUpForm(props: { onDone: () => void }): JSX.Element {
  const [sent, setSent] = createSignal<SentCode>()
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  const ask = async () => {
    setBusy(true)
    setAlert(undefined)
    try {
      setSent({ ...(await api.sessions.requestStepUp.mutate()), sentAtMs: Date.now() })
    } catch (error) {
      setAlert(sentenceForError(error))
    }
    setBusy(false)
  }
  const enter = async (verificationId: SentCode['verificationId'], code: string) => {
    await api.sessions.stepUp.mutate({ verificationId, code })
    props.onDone()
  }
  return (
    <Show
      when={sent()}
      fallback={
        <div class="flex flex-col gap-4">
          <p class="text-soft">{accountWords.stepUp}</p>
          <FormAlert text={alert()} />
          <button type="button" class="button button-main min-h-12" disabled={isBusy()} onClick={() => void ask()}>
            {accountWords.forgotSend}
          </button>
        </div>
      }
    >
      {(code) => (
        <CodeForm
          sent={code()}
          onResent={(sentAtMs) => setSent({ ...code(), sentAtMs })}
          enter={(digits) => enter(code().verificationId, digits)}
        />
      )}
    </Show>
  )
}
