// Where an item on the screen stands: the feed, a group's gallery. Tiles, likes and the viewer ask their shelf and
// never care which it is.
import type { FeedItem, MediaId } from './feed-item.ts'

export type Shelf = {
  readonly find: (id: MediaId) => FeedItem | undefined
  readonly patch: (id: MediaId, change: Partial<FeedItem>) => void
  /** Gets a new signature for an item that can be found here. */
  readonly renew: (id: MediaId) => Promise<void>
  /** The address at which the item is opened over its list. */
  readonly hrefOf: (id: MediaId) => string
  /** The address of the list itself, where closing an item leads that nobody came to from there. */
  readonly href: () => string
  /** False until the list knows what it begins with: before, nobody can say what is missing in it. */
  readonly isSettled: () => boolean
  /** What stands before or after an item, as far as it is loaded. */
  readonly beside: (id: MediaId, by: 1 | -1) => FeedItem | undefined
  /** Somebody looks at this item: what stands beside it is wanted soon. */
  readonly lookAround: (id: MediaId) => void
  /** Fetches an item that was not loaded with its list. From then on it can be found here, unless it stands
   * elsewhere by now. */
  readonly ask: (id: MediaId) => Promise<void>
}
