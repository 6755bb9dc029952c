// Sends a long list in pieces, one after another, in its order. What was answered stays done when a later piece fails.
import type { MediaId } from '../feed/feed-item.ts'
import { cutIds } from './cut-ids.ts'

export type Answer = { readonly done: readonly MediaId[]; readonly refused: readonly MediaId[] }
export type Send = (mediaIds: MediaId[]) => Promise<Answer>

/** `left`: not sent, or not answered, because of `error`; without one, because it was stopped. */
export type Outcome = Answer & { readonly left: readonly MediaId[]; readonly error?: unknown }

/** `tell` hears how many are behind it, before each piece. */
export async function runInPieces(
  ids: readonly MediaId[],
  send: Send,
  signal: AbortSignal,
  tell: (count: number) => unknown,
): Promise<Outcome> {
  const answers: Answer[] = []
  let count = 0
  const outcome = () => ({
    done: answers.flatMap(({ done }) => done),
    refused: answers.flatMap(({ refused }) => refused),
    left: ids.slice(count),
  })
  for (const piece of cutIds(ids)) {
    tell(count)
    if (signal.aborted) break
    try {
      answers.push(await send(piece))
    } catch (error) {
      return { ...outcome(), error }
    }
    count += piece.length
  }
  return outcome()
}
