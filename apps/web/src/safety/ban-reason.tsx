import { createSignal, type JSX } from 'solid-js'
import { reasonCharactersMax } from '@shoebox/shared/safety/bans.ts'
import { TextArea } from '../ui/text-area.tsx'
import { banWords } from '../words/ban-words.ts'

type ReasonDraft = ReturnType<typeof createReason>

/** What a moderator gives as the reason: one paragraph, as it is mailed. */
export function createReason() {
  const [typed, setTyped] = createSignal('')
  const value = () => typed().replace(/\s+/gu, ' ').trim()
  const left = () => reasonCharactersMax - value().length
  return { typed, type: setTyped, value, left, isFit: () => value() !== '' && left() >= 0 }
}

export const ReasonField = (props: { reason: ReasonDraft; label?: string; hint?: string }): JSX.Element => (
  <TextArea
    label={props.label ?? banWords.reason}
    rows={3}
    value={props.reason.typed()}
    onInput={props.reason.type}
    hint={props.reason.left() > 50 ? (props.hint ?? banWords.reasonHint) : banWords.left(props.reason.left())}
    error={props.reason.left() < 0 ? banWords.tooLong(-props.reason.left()) : undefined}
  />
)
