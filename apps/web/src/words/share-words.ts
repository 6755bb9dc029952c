// The share page's part of the dictionary in use; see translation.ts.
import { enShare } from './en-share.ts'
import { inLanguage } from './translation.ts'

export const shareWords = inLanguage(enShare, { tr: async () => (await import('./tr-share.ts')).trShare })
