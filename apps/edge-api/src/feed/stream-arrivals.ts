// The feed as it grows, told over one open answer per viewer instead of by a request of theirs every few seconds.
// Called by app.ts. Whoever comes again says what they heard last and misses nothing.
import { parseCursor, type FeedPosition } from './feed-cursor.ts'
import type { FeedArrivals } from './feed.schema.ts'

export type StreamArrivalsDeps = {
  readonly nowMs: () => number
  /** From 0 up to 1. */
  readonly random: () => number
  readonly sleep: (ms: number) => Promise<unknown>
  /** Whether the viewer has gone. */
  readonly isGone: () => boolean
  /** What is newer than a place in the feed, as far as this viewer is told of it; null while nobody knows yet. */
  readonly readArrivals: (after: FeedPosition) => Promise<FeedArrivals | null>
  /** Tells the viewer; null only shows that the line is alive. */
  readonly tell: (arrivals: FeedArrivals | null) => Promise<unknown>
}

/** How often a stream looks; a fifth more or less, so that no two look in step for long. */
const lookEveryMs = 5000
/** After so many looks without news the line shows that it is alive: proxies cut what is silent for long. */
const silentLooksMax = 4
/** Then the viewer comes again: to the code of that day, and to whichever machine has room. */
const streamMsMax = 10 * 60_000

/** Tells what is new until the viewer goes or the stream has lived long enough. */
export async function streamArrivals(deps: StreamArrivalsDeps, from: FeedPosition): Promise<void> {
  const endsAtMs = deps.nowMs() + streamMsMax
  let after = from
  let told = new Set<string>()
  let silentLooks = 0
  while (!deps.isGone() && deps.nowMs() < endsAtMs) {
    const known = await deps.readArrivals(after)
    const items = known?.items.filter(({ id }) => !told.has(id)) ?? []
    silentLooks += 1
    if (known !== null && items.length > 0) {
      await deps.tell({ ...known, items })
      silentLooks = 0
    } else if (silentLooks % silentLooksMax === 0) await deps.tell(null)
    if (known !== null) {
      // Also where all that is new is kept from this viewer: they go on with everyone else.
      after = parseCursor(known.sinceCursor) ?? after
      told = new Set(known.items.map(({ id }) => id))
    }
    await deps.sleep(lookEveryMs * (0.8 + 0.4 * deps.random()))
  }
}
