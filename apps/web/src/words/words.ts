// The dictionary in use, and the one way from a failed call to a sentence. The sentences of refusals come with the first
// screen that is loaded lazily: what is drawn first is hardly ever refused.
import { createSignal } from 'solid-js'
import { findRefusal, type Refusal } from '../api/refusal.ts'
import { en } from './en.ts'
import type { RefusalSentences } from './en-refusals.ts'
import { inLanguage, withWords } from './translation.ts'

export const words = inLanguage(en, { tr: async () => (await import('./tr-main.ts')).trMain })

const [sentences, setSentences] = createSignal<Partial<RefusalSentences>>({})

/** Rejects where they do not come: whoever waits for them can do without. */
export const loadSentences = (): Promise<void> =>
  withWords(import('./refusal-words.ts')).then(({ refusalWords }) => void setSentences(refusalWords))

/** What happened and what to do, as one text. */
export function sentenceForRefusal(refusal: Refusal): string {
  const known = sentences()[refusal.code]
  if (known === undefined) {
    // Whoever shows it is drawn anew when they are here. A code that is newer than this page stays without a sentence.
    if (Object.keys(sentences()).length === 0) void loadSentences().catch(() => undefined)
    return words.fault.ours
  }
  const { sentence, nextStep } = known
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
