// The refusals' part of the dictionary in use; see translation.ts.
import { refusalSentences } from './en-refusals.ts'
import { inLanguage } from './translation.ts'

export const refusalWords = inLanguage(refusalSentences, {
  tr: async () => (await import('./tr-refusals.ts')).trRefusals,
})
