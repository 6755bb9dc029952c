// The words of "My uploads" in the language in use.
import { enHistory } from './en-history.ts'
import { translated } from './translation.ts'

export const historyWords: typeof enHistory = translated('history', enHistory)
