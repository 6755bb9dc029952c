import { createSignal, type JSX } from 'solid-js'
import { appealCharactersMax } from '@shoebox/shared/safety/bans.ts'
import { TextArea } from '../ui/text-area.tsx'
import { appealWords } from '../words/appeal-words.ts'

type AppealDraft = ReturnType<typeof createAppealText>

/** What somebody writes to the moderators, and whether it can be sent. */
export function createAppealText() {
  const [typed, setTyped] = createSignal('')
  const [isJudged, setJudged] = createSignal(false)
  const left = () => appealCharactersMax - Array.from(typed().trim()).length
  const error = () => {
    if (left() < 0) return appealWords.tooLong(-left())
    return isJudged() && typed().trim() === '' ? appealWords.enterText : undefined
  }
  return {
    typed,
    type: setTyped,
    value: () => typed().trim(),
    left,
    error,
    judge: (): boolean => {
      setJudged(true)
      return error() === undefined
    },
  }
}

export const AppealText = (props: { text: AppealDraft }): JSX.Element => (
  <TextArea
    label={appealWords.text}
    rows={5}
    value={props.text.typed()}
    onInput={props.text.type}
    hint={props.text.left() > 100 ? appealWords.textHint : appealWords.left(props.text.left())}
    error={props.text.error()}
  />
)
