import type { StoredState } from '@shoebox/shared/upload/lifecycle.ts'
import type { MediaListing } from '../schema/media.ts'

/** A signature opens an item to whoever holds it: what moderators removed or put aside gets none, not even for its owner. */
export const isShownToOwner = ({ state, listing }: { readonly state: StoredState; readonly listing: MediaListing }) =>
  state === 'ready' && listing !== 'quarantined' && listing !== 'removed'
