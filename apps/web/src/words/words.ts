// The dictionary in use, and the one way from a failed call to a sentence.
import { findRefusal, type Refusal } from '../api/refusal.ts'
import { en } from './en.ts'
import { refusalSentences, type RefusalSentence } from './en-refusals.ts'
import { translated } from './translation.ts'
import type { RefusalCode } from '@shoebox/shared/refusals.ts'

export type Words = typeof en
export type RefusalSentences = Record<RefusalCode, RefusalSentence>

/** Read where a word is shown and never kept: the translation comes after this module. */
export let words: Words = en
let sentences: RefusalSentences = refusalSentences

export function speakTranslated(): void {
  words = translated('main', en)
  sentences = translated('refusals', refusalSentences)
}

/** What happened and what to do, as one text. */
export function sentenceForRefusal(refusal: Refusal): string {
  const { sentence, nextStep } = sentences[refusal.code]
  if (refusal.retryAfterSeconds !== undefined)
    return `${sentence} ${words.fault.waitSeconds(refusal.retryAfterSeconds)}`
  if (refusal.bytesMax !== undefined) return `${sentence} ${words.upload.limit(words.units.size(refusal.bytesMax))}`
  return `${sentence} ${nextStep}`
}

/** The sentence for whatever a call failed with. */
export function sentenceForError(error: unknown): string {
  const refusal = findRefusal(error)
  if (refusal !== null) return sentenceForRefusal(refusal)
  return navigator.onLine ? words.fault.ours : words.fault.offline
}
