import { createSignal, type JSX } from 'solid-js'
import { api } from '../api/client.ts'
import { Sheet } from '../ui/sheet.tsx'
import { banWords } from '../words/ban-words.ts'
import { doAndTell } from './ban-queries.ts'
import { createReason, ReasonField } from './ban-reason.tsx'
import type { AboutSomebody } from './ban-sheet.tsx'

/** Asks what a warning says. */
export function WarnSheet(props: AboutSomebody): JSX.Element {
  const reason = createReason()
  const [isBusy, setBusy] = createSignal(false)
  const warn = async (event: SubmitEvent) => {
    event.preventDefault()
    if (!reason.isFit() || isBusy()) return
    setBusy(true)
    const about = { userId: props.userId, caseId: props.caseId, reason: reason.value() }
    const isDone = await doAndTell(api.bans.warn.mutate(about), banWords.warnedNow(props.name))
    setBusy(false)
    if (isDone) props.onClose()
  }
  return (
    <Sheet title={banWords.warnTitle(props.name)} onClose={props.onClose}>
      <form class="flex flex-col gap-4" onSubmit={warn}>
        <p class="text-soft">{banWords.warnWhat}</p>
        <ReasonField reason={reason} />
        <button type="submit" class="button button-main min-h-12" disabled={isBusy() || !reason.isFit()}>
          {banWords.warn}
        </button>
      </form>
    </Sheet>
  )
}
