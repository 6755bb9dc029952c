import type { JSX } from 'solid-js'
import { Select } from '../ui/select.tsx'
import { showToast } from '../ui/toasts.tsx'
import { accountWords } from '../words/account-words.ts'
import { languageNames, type Language } from '../words/language-names.ts'
import { chooseLanguage, readChosenLanguage } from '../words/language.ts'
import { words } from '../words/words.ts'

const languages = Object.entries(languageNames) as [Language, string][]

export function LanguageSwitch(): JSX.Element {
  const choose = (value: string) => {
    try {
      chooseLanguage(languages.find(([language]) => language === value)?.[0] ?? null)
      location.reload()
    } catch {
      showToast(words.fault.ours)
    }
  }
  return (
    <div class="max-w-90">
      <Select
        label={accountWords.language.label}
        value={readChosenLanguage() ?? ''}
        options={[['', accountWords.language.system], ...languages]}
        onChoose={choose}
      />
    </div>
  )
}
