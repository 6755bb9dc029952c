// The words of "My uploads" in the language in use.
import { enHistory } from './en-history.ts'
import { inLanguage } from './translation.ts'

export const historyWords = inLanguage(enHistory, { tr: async () => (await import('./tr-history.ts')).trHistory })
