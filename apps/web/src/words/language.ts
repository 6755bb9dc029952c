// Which language the page speaks: the chosen one, or the first of the browser's that there is. A choice is made by
// loading the page again, so that no word on the screen is of another language than its neighbour.
import { languageNames, type Language } from './language-names.ts'

const key = 'shoebox.language'

const isLanguage = (text: string | null | undefined): text is Language =>
  text !== null && text !== undefined && Object.hasOwn(languageNames, text)

/** Null: as the browser wishes. */
export function readChosenLanguage(): Language | null {
  try {
    const chosen = localStorage.getItem(key)
    return isLanguage(chosen) ? chosen : null
  } catch {
    return null
  }
}

/** @throws where storage is forbidden */
export function chooseLanguage(language: Language | null): void {
  if (language === null) localStorage.removeItem(key)
  else localStorage.setItem(key, language)
}

export function findLanguage(wished: readonly string[] = navigator.languages): Language {
  return readChosenLanguage() ?? wished.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en'
}
