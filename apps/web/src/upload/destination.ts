// Where an upload belongs once it is ready: the place it was added from. Kept with the file from the choice to the
// pre-flight and in the journal, so that nothing becomes public by accident.

export type Destination = { readonly kind: 'feed' }

export const publicFeed: Destination = { kind: 'feed' }

/** The same text for the same place, another for any other. */
export const nameDestination = ({ kind }: Destination): string => kind
