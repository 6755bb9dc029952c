// The group's gallery around the caller: what it holds and what may be done in it. The viewer stands over one or over
// the public feed, where there is none.
import { createContext, useContext } from 'solid-js'
import type { LocationPolicy } from '@shoebox/shared/groups/policies.ts'
import type { Role } from '@shoebox/shared/groups/roles.ts'
import type { ChosenSlides } from './chosen-slides.ts'
import type { GalleryActions } from './gallery-actions.ts'
import type { GroupId } from './gallery-item.ts'
import type { Timeline } from './timeline-store.ts'

export type Gallery = {
  readonly groupId: GroupId
  readonly role: () => Role
  readonly locationPolicy: () => LocationPolicy
  /** Another one for another filter. */
  readonly timeline: () => Timeline
  readonly actions: () => GalleryActions
  /** What was chosen, while it is played. */
  readonly slides: ChosenSlides
}

export const GalleryContext = createContext<Gallery>()

export const useGallery = (): Gallery | undefined => useContext(GalleryContext)
