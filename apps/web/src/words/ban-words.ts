// The part of the dictionary in use about bans and appeals at the desk; see translation.ts.
import { enBans } from './en-bans.ts'
import { inLanguage } from './translation.ts'

export const banWords = inLanguage(enBans, { tr: async () => (await import('./tr-bans.ts')).trBans })
