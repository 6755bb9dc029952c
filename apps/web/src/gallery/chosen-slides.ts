// A slideshow of what was chosen in a gallery: while it lasts, nothing else is there to step to.
import { createSignal } from 'solid-js'
import type { MediaId } from '../feed/feed-item.ts'
import type { GalleryItem } from './gallery-item.ts'
import type { Timeline } from './timeline-store.ts'

export type ChosenSlides = ReturnType<typeof createChosenSlides>

export function createChosenSlides(timeline: () => Pick<Timeline, 'chunks' | 'find' | 'beside'>) {
  const [slides, setSlides] = createSignal<readonly MediaId[]>([])
  /** Where some of the chosen ones are not loaded: they are found on the way through the gallery. */
  let named: ReadonlySet<MediaId> | null = null
  return {
    isOn: () => slides().length > 0,

    /** In the order of the gallery, whatever was chosen first. Answers the first of them. */
    begin(chosen: ReadonlySet<MediaId>): MediaId | undefined {
      const inOrder = timeline()
        .chunks()
        .flatMap(({ ids }) => ids?.filter((id) => chosen.has(id)) ?? [])
      named = inOrder.length < chosen.size ? new Set(chosen) : null
      setSlides(inOrder)
      return inOrder[0]
    },

    end: () => void setSlides([]),

    /** What stands before or after an item: among the slides, or, without any, in the gallery. */
    beside(id: MediaId, by: 1 | -1): GalleryItem | undefined {
      const { find, beside } = timeline()
      const ids = slides()
      if (ids.length === 0) return beside(id, by)
      if (named !== null) {
        let next = beside(id, by)
        while (next !== undefined && !named.has(next.id)) next = beside(next.id, by)
        return next
      }
      let place = ids.indexOf(id)
      if (place === -1) return undefined
      // What was taken away meanwhile is passed over.
      for (place += by; place >= 0 && place < ids.length; place += by) {
        const item = find(ids[place] ?? id)
        if (item !== undefined) return item
      }
      return undefined
    },
  }
}
