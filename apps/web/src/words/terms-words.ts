// The terms and the privacy notice in the language in use; see words.ts.
import { enTerms, type Terms } from './en-terms.ts'
import { translated } from './translation.ts'

export const termsWords: Terms = translated('terms', enTerms)
