// What several screens say, in the language in use; see translation.ts.
import { enScreens } from './en-screens.ts'
import { inLanguage } from './translation.ts'

export const screenWords = inLanguage(enScreens, { tr: async () => (await import('./tr-screens.ts')).trScreens })
