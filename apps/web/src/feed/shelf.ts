// Where an item on the screen stands: the feed, a group's gallery. Tiles, likes and the viewer ask their shelf and
// never care which it is.
import { createContext, useContext } from 'solid-js'
import { useShoebox } from '../compose.ts'
import type { FeedItem, MediaId } from './feed-item.ts'

export type Shelf = {
  readonly find: (id: MediaId) => FeedItem | undefined
  readonly patch: (id: MediaId, change: Partial<FeedItem>) => void
  /** Gets a new signature for an item that is on the shelf. */
  readonly renew: (id: MediaId) => Promise<void>
  /** The address at which the item is opened over its list. */
  readonly hrefOf: (id: MediaId) => string
}

export const ShelfContext = createContext<Shelf>()

/** The shelf around the caller; without one, the public feed. */
export const useShelf = (): Shelf => useContext(ShelfContext) ?? useShoebox().feed
