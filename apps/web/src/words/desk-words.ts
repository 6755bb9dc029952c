// The desk's part of the dictionary in use; see translation.ts.
import { enDesk } from './en-desk.ts'
import { inLanguage } from './translation.ts'

export const deskWords = inLanguage(enDesk, { tr: async () => (await import('./tr-desk.ts')).trDesk })
