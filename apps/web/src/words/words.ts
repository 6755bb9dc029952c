// The dictionary in use, and the one way from a failed call to a sentence. A second language joins here.
import { findRefusal, type Refusal } from '../api/refusal.ts'
import { en } from './en.ts'
import { refusalSentences, type RefusalSentence } from './en-refusals.ts'
import type { RefusalCode } from '@shoebox/shared/refusals.ts'

export type Words = typeof en

const dictionaries = { en: { words: en, refusals: refusalSentences } } satisfies Record<
  string,
  { words: Words; refusals: Record<RefusalCode, RefusalSentence> }
>

const chosen = dictionaries.en

export const words: Words = chosen.words

/** What happened and what to do, as one text. */
export function sentenceForRefusal(refusal: Refusal): string {
  const { sentence, nextStep } = chosen.refusals[refusal.code]
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
