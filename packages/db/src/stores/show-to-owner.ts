import type { StoredState } from '@shoebox/shared/upload/lifecycle.ts'
import type { MediaListing } from '../schema/media.ts'
import { requireReady } from './feed-store.ts'

type OwnRow = Parameters<typeof requireReady>[0] & { readonly state: StoredState; readonly listing: MediaListing }

/**
 * The item of an upload as its owner is shown it; null for none. A signature opens an item to whoever holds it: what
 * moderators removed or put aside gets none, not even for its owner.
 */
export function showToOwner({ state, listing, ...row }: OwnRow) {
  if (state !== 'ready' || listing === 'quarantined' || listing === 'removed') return null
  return { ...requireReady(row), isHeld: listing === 'held', isTrashed: listing === 'trashed' }
}
