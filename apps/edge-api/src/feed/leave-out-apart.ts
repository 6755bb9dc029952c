import type { UserId } from '@shoebox/shared/ids.ts'
import type { FeedArrivals } from './feed.schema.ts'

/** What is new, read once for all who listen at this edge. */
export type SharedArrivals = {
  readonly arrivals: FeedArrivals
  /** Owners of the items, and who is apart from them. Never sent. */
  readonly apart: readonly { readonly ownerId: UserId; readonly otherId: UserId }[]
}

/** What one of the listeners is told of it. Null: nobody signed in. */
export function leaveOutApart({ arrivals, apart }: SharedArrivals, viewerId: UserId | null): FeedArrivals {
  const owners = new Set(apart.filter(({ otherId }) => otherId === viewerId).map(({ ownerId }) => ownerId))
  return { ...arrivals, items: arrivals.items.filter(({ owner }) => !owners.has(owner.id)) }
}
