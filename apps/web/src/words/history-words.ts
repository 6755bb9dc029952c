// The words of "My uploads" in the language in use.
import { enHistory } from './en-history.ts'

export const historyWords: typeof enHistory = enHistory
