// Shows a warning over whatever somebody was about to do. Closed without taking note, it is there again next time.
import { createSignal, type JSX } from 'solid-js'
import { api } from '../api/client.ts'
import { setWaitingWarning, type Warning } from '../session/waiting-warning.ts'
import { FormAlert } from '../session/form-frame.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { appealWords } from '../words/appeal-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError } from '../words/words.ts'

export function WarningGate(props: { warning: Warning }): JSX.Element {
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  const acknowledge = async () => {
    setBusy(true)
    setAlert(undefined)
    try {
      await api.bans.acknowledgeWarning.mutate({ warningId: props.warning.id })
    } catch (error) {
      setAlert(sentenceForError(error))
      setBusy(false)
      return
    }
    // There may be another one.
    const me = await api.account.me.query().catch(() => null)
    setWaitingWarning(me?.warning ?? null)
    setBusy(false)
  }
  return (
    <Sheet title={appealWords.warningTitle} onClose={() => setWaitingWarning(null)}>
      <div class="flex flex-col gap-4">
        <p class="text-soft">{appealWords.warningLead}</p>
        <blockquote class="border-l-3 border-line pl-4 wrap-anywhere">{props.warning.reason}</blockquote>
        <FormAlert text={alert()} />
        <button
          type="button"
          class="button button-main min-h-12"
          disabled={isBusy()}
          onClick={() => void acknowledge()}
        >
          {isBusy() ? screenWords.account.working : appealWords.warningRead}
        </button>
      </div>
    </Sheet>
  )
}
