// The refusals' part of the dictionary in use; see words.ts.
import { refusalSentences, type RefusalSentences } from './en-refusals.ts'
import { translated } from './translation.ts'

export const refusalWords: RefusalSentences = translated('refusals', refusalSentences)
