// What is done with items that are set aside: in pieces, told while it lasts, and the list is asked for again after it.
import type { GalleryItem } from '../gallery/gallery-item.ts'
import { createLongDeed, sayWhy } from '../gallery/long-deed.ts'
import type { Send } from '../gallery/run-in-pieces.ts'
import { showToast } from '../ui/toasts.tsx'
import { galleryWords } from '../words/gallery-words.ts'

/** `renew`: asks again for what shows them. */
export function createSetAsideDeed(renew: () => unknown) {
  const { progress, run } = createLongDeed()
  return {
    progress,

    /** `said`: of how many it was done; with 0, that none could be. */
    run: async (items: readonly GalleryItem[], send: Send, said: (count: number) => string): Promise<void> => {
      const ids = items.map((item) => item.id)
      const outcome = await run(ids, send)
      const { done, left } = outcome
      if (left.length === 0) showToast(said(done.length))
      else if (left.length === ids.length) showToast(sayWhy(outcome))
      else showToast(galleryWords.leftOver(left.length, sayWhy(outcome)))
      renew()
    },
  }
}
