// The words of the sheet of keys in the language in use; see translation.ts.
import { enShortcuts } from './en-shortcuts.ts'
import { inLanguage } from './translation.ts'

export const shortcutWords = inLanguage(enShortcuts, {
  tr: async () => (await import('./tr-shortcuts.ts')).trShortcuts,
})
