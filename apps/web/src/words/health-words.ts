// The words of the pages about health in the language in use; see translation.ts.
import { enHealth } from './en-health.ts'
import { inLanguage } from './translation.ts'

export const healthWords = inLanguage(enHealth, { tr: async () => (await import('./tr-health.ts')).trHealth })
