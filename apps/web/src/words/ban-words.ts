// The part of the dictionary in use about bans and appeals at the desk; see words.ts.
import { enBans } from './en-bans.ts'
import { translated } from './translation.ts'

export type BanWords = typeof enBans

export const banWords: BanWords = translated('bans', enBans)
