// The part of the dictionary in use about reporting; see translation.ts.
import { enReport } from './en-report.ts'
import { inLanguage } from './translation.ts'

export const reportWords = inLanguage(enReport, { tr: async () => (await import('./tr-report.ts')).trReport })
