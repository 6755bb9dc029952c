// What is new in the feed, kept for all streams of an isolate: a thousand of them cost the database what one does. The
// shelf holds values and never promises: in workerd one request may not wait for another's.
import { formatCursor, type FeedPosition } from '../feed/feed-cursor.ts'

type Known<T> = { readonly answer: T | null; readonly readAtMs: number; readonly askedAtMs: number }

/** Lives as long as its isolate; streams at the same place of the feed share an entry. */
export type ArrivalsShelf<T> = Map<string, Known<T>>

export type SharedArrivalsDeps<T> = {
  readonly shelf: ArrivalsShelf<T>
  readonly nowMs: () => number
  /** How old an answer may be. */
  readonly msMax: number
  readonly read: (after: FeedPosition) => Promise<T>
}

/** An answer that has not come by then is not waited for any more. */
const patienceMs = 8000
/** Places in the feed that nobody stands at any more. */
const forgottenAfterMs = 60_000
/** Made-up places must not fill the memory. */
const placesMax = 1000

export const makeReadArrivals =
  <T>({ shelf, nowMs, msMax, read }: SharedArrivalsDeps<T>) =>
  async (after: FeedPosition): Promise<T | null> => {
    const place = formatCursor(after)
    const known = shelf.get(place)
    const askedAtMs = nowMs()
    if (known !== undefined && askedAtMs - known.readAtMs < msMax) return known.answer
    // Another stream is asking: what was known before does until the next look.
    if (known !== undefined && askedAtMs - known.askedAtMs < patienceMs) return known.answer
    shelf.set(place, { readAtMs: 0, answer: null, ...known, askedAtMs })
    const answer = await read(after)
    shelf.set(place, { answer, readAtMs: nowMs(), askedAtMs: 0 })
    if (shelf.size > placesMax) shelf.clear()
    for (const [other, { readAtMs, askedAtMs: since }] of shelf)
      if (nowMs() - Math.max(readAtMs, since) > forgottenAfterMs) shelf.delete(other)
    return answer
  }
