// Where an upload belongs once it is ready: the place it was added from. Kept with the file from the choice to the
// pre-flight and in the journal, so that nothing becomes public by accident.
import { createSignal, onCleanup } from 'solid-js'
import type { Id } from '@shoebox/shared/ids.ts'

export type Destination =
  | { readonly kind: 'feed' }
  | { readonly kind: 'group'; readonly groupId: Id<'group'>; readonly name: string }

export const publicFeed: Destination = { kind: 'feed' }

/** The same text for the same place, another for any other. */
export const nameDestination = (destination: Destination): string =>
  destination.kind === 'feed' ? 'feed' : destination.groupId

/** The address of a place, ending with a slash. */
export const hrefOfPlace = (destination: Destination): string =>
  destination.kind === 'feed' ? '/' : `/g/${destination.groupId}/`

const [entered, setEntered] = createSignal<Destination | null>(null)

/**
 * Where what is added on the page at hand goes. Null on a page of a group that has not said so: it is still loading, or
 * takes nothing from this person. What somebody means for a group must not become public.
 */
export const currentPlace = (): Destination | null =>
  entered() ?? (location.pathname.startsWith('/g/') ? null : publicFeed)

/** What it is called where it is not the public feed. */
export const groupNameOf = (place: Destination): string | null => (place.kind === 'group' ? place.name : null)

/** Until the caller's owner is gone, what is added goes there. */
export function enterPlace(place: Destination): void {
  setEntered(place)
  onCleanup(() => setEntered((now) => (now === place ? null : now)))
}
