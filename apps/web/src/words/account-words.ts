// The accounts' part of the dictionary in use; see words.ts.
import { enAccount } from './en-account.ts'

export type AccountWords = typeof enAccount

export const accountWords: AccountWords = enAccount
