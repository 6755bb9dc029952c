// Asks somebody to accept terms that changed, over whatever they were doing, which then goes on.
import { createSignal, type JSX } from 'solid-js'
import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import { api } from '../api/client.ts'
import { Sheet } from '../ui/sheet.tsx'
import { accountWords } from '../words/account-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError } from '../words/words.ts'
import { FormAlert } from './form-frame.tsx'
import { answerTerms } from './terms-asked.ts'
import { PrivacyText, TermsText, WhichTextDecides } from './terms-text.tsx'

export function TermsGate(): JSX.Element {
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  const accept = async () => {
    setBusy(true)
    setAlert(undefined)
    try {
      await api.account.acceptTerms.mutate({ version: termsVersion })
      answerTerms(true)
    } catch (error) {
      setAlert(sentenceForError(error))
      setBusy(false)
    }
  }
  return (
    <Sheet title={accountWords.terms.changedTitle} onClose={() => answerTerms(false)}>
      <div class="flex flex-col gap-4">
        <p class="text-soft">{accountWords.terms.changedLead}</p>
        <div
          // Scrolls, and is to be scrolled by keys too.
          tabindex="0"
          role="region"
          aria-label={accountWords.terms.title}
          class="flex max-h-[40dvh] flex-col gap-5 overflow-y-auto rounded-box border border-line p-4"
        >
          <WhichTextDecides />
          <TermsText />
          <PrivacyText />
        </div>
        <FormAlert text={alert()} />
        <button type="button" class="button button-main min-h-12" disabled={isBusy()} onClick={() => void accept()}>
          {isBusy() ? screenWords.account.working : accountWords.terms.accept}
        </button>
        <button type="button" class="button button-quiet min-h-12" onClick={() => answerTerms(false)}>
          {accountWords.terms.later}
        </button>
        <p class="text-sm text-soft">{accountWords.terms.laterHint}</p>
      </div>
    </Sheet>
  )
}
