// The part of the dictionary in use about being banned, warned and appealing; see translation.ts.
import { enAppeal } from './en-appeal.ts'
import { inLanguage } from './translation.ts'

export const appealWords = inLanguage(enAppeal, { tr: async () => (await import('./tr-appeal.ts')).trAppeal })
