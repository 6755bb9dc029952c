// The words of how one is told, in the language in use.
import { enPush } from './en-push.ts'
import { inLanguage } from './translation.ts'

export const pushWords = inLanguage(enPush, { tr: async () => (await import('./tr-push.ts')).trPush })
