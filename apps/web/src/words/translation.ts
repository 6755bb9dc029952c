// The dictionary of another language than English, whole, where the page speaks one. It is loaded before anything is
// drawn; English is part of the client itself and stands in where the other cannot be loaded.
import type { Translation } from './tr.ts'
import { findLanguage } from './language.ts'

let translation: Translation | null = null

/** Null: there is nothing to wait for. */
export function loadTranslation(): Promise<void> | null {
  const language = findLanguage()
  document.documentElement.lang = language
  if (language === 'en') return null
  return import('./tr.ts').then(
    ({ tr }) => {
      translation = tr
      nameManifest(language)
    },
    () => {
      document.documentElement.lang = 'en'
    },
  )
}

/** What an installed Shoebox is described with: a file of its own in each language but English. */
function nameManifest(language: string): void {
  document.querySelector('link[rel=manifest]')?.setAttribute('href', `/manifest.${language}.webmanifest`)
}

/** A part of the dictionary in use. Called when that part's screens are loaded, which is after the translation. */
export const translated = <N extends keyof Translation>(name: N, english: Translation[N]): Translation[N] =>
  translation?.[name] ?? english
