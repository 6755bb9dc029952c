// The accounts' part of the dictionary in use; see words.ts.
import { enAccount } from './en-account.ts'
import { translated } from './translation.ts'

export type AccountWords = typeof enAccount

export const accountWords: AccountWords = translated('account', enAccount)
