// The terms and the privacy notice in the language in use; see translation.ts.
import { enTerms } from './en-terms.ts'
import { inLanguage } from './translation.ts'

export const termsWords = inLanguage(enTerms, { tr: async () => (await import('./tr-terms.ts')).trTerms })
