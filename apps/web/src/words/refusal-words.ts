// The refusals' part of the dictionary in use; see words.ts.
import { refusalSentences } from './en-refusals.ts'
import { translated } from './translation.ts'
import type { RefusalSentences } from './words.ts'

export const refusalWords: RefusalSentences = translated('refusals', refusalSentences)
