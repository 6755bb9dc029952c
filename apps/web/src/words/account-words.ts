// The accounts' part of the dictionary in use; see translation.ts.
import { enAccount } from './en-account.ts'
import { inLanguage } from './translation.ts'

export const accountWords = inLanguage(enAccount, { tr: async () => (await import('./tr-account.ts')).trAccount })
