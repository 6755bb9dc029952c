// The part of the dictionary in use about keeping people away; see translation.ts.
import { enSafety } from './en-safety.ts'
import { inLanguage } from './translation.ts'

export const safetyWords = inLanguage(enSafety, { tr: async () => (await import('./tr-safety.ts')).trSafety })
