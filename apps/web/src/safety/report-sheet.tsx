// Reporting an item, a comment or a person: why, in a few words if one likes, and whether to block them as well.
import { createSignal, createUniqueId, Show, type JSX } from 'solid-js'
import type { CommentId, MediaId, UserId } from '@shoebox/shared/ids.ts'
import { reportNoteCharactersMax, reportReasons, type ReportReason } from '@shoebox/shared/safety/reasons.ts'
import { api } from '../api/client.ts'
import { Choice } from '../ui/choice.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { showToast } from '../ui/toasts.tsx'
import { reportWords } from '../words/report-words.ts'
import { sentenceForError } from '../words/words.ts'
import { blockPerson, type PersonNamed } from './block-person.ts'

export type Reported =
  | { readonly kind: 'item'; readonly id: MediaId }
  | { readonly kind: 'comment'; readonly id: CommentId }
  | { readonly kind: 'person'; readonly id: UserId }

type ReportSheetProps = {
  subject: Reported
  person: PersonNamed
  /** They are, so there is no asking. */
  isBlocked: boolean
  onClose: () => void
}

const reasons = () => reportReasons.map((value) => ({ value, name: reportWords.reasons[value] }))

export function ReportSheet(props: ReportSheetProps): JSX.Element {
  const tick = createUniqueId()
  const [reason, setReason] = createSignal<ReportReason>()
  const [note, setNote] = createSignal('')
  const [blocks, setBlocks] = createSignal(false)
  const [isBusy, setBusy] = createSignal(false)
  const [fault, setFault] = createSignal<string>()
  const left = () => reportNoteCharactersMax - Array.from(note().trim()).length

  const send = async () => {
    const why = reason()
    if (why === undefined || left() < 0 || isBusy()) return
    setBusy(true)
    setFault(undefined)
    try {
      await api.reports.create.mutate({ subject: props.subject, reason: why, note: note().trim() })
    } catch (error) {
      setFault(sentenceForError(error))
      setBusy(false)
      return
    }
    showToast(reportWords.sent)
    props.onClose()
    // Says itself how it went.
    if (blocks()) await blockPerson(props.person)
  }

  return (
    <Sheet title={reportWords.titles[props.subject.kind](props.person.name)} onClose={props.onClose}>
      <form
        class="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <p class="text-soft">{reportWords.lead}</p>
        <Choice legend={reportWords.why} options={reasons()} value={reason()} onChoose={setReason} />
        <TextArea
          label={reportWords.note}
          value={note()}
          onInput={setNote}
          rows={2}
          hint={left() > 50 ? reportWords.noteHint : reportWords.noteLeft(left())}
          error={left() < 0 ? reportWords.noteLeft(left()) : undefined}
        />
        <Show when={!props.isBlocked}>
          <div class="flex min-h-11 items-center gap-3">
            <input
              id={tick}
              type="checkbox"
              class="size-5 shrink-0"
              onInput={(event) => setBlocks(event.currentTarget.checked)}
            />
            <label for={tick} class="flex-1 py-2.5">
              {reportWords.alsoBlock(props.person.name)}
            </label>
          </div>
        </Show>
        <Show when={fault()}>
          {(sentence) => (
            <p role="alert" class="text-bad">
              {sentence()}
            </p>
          )}
        </Show>
        <button
          type="submit"
          class="button button-main min-h-12"
          disabled={isBusy() || reason() === undefined || left() < 0}
        >
          {reportWords.send}
        </button>
      </form>
    </Sheet>
  )
}
