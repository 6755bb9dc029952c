// Whose likes the viewer gave, and the toggle: shown at once, sent in the order of the taps, rolled back when refused.
import { createStore, reconcile } from 'solid-js/store'
import type { MediaId } from './feed-item.ts'
import type { Shelf } from './shelf.ts'

export type LikeDeps = {
  readonly like: (id: MediaId) => Promise<{ liked: boolean; likeCount: number }>
  readonly unlike: (id: MediaId) => Promise<{ liked: boolean; likeCount: number }>
  readonly likedAmong: (ids: MediaId[]) => Promise<{ mediaIds: MediaId[] }>
  readonly onFailed: (error: unknown, wanted: boolean) => void
}

/** Where the liked item stands. */
type LikedShelf = Pick<Shelf, 'find' | 'patch'>

/** The most ids one question may name. */
const askedMax = 100

export type Likes = ReturnType<typeof createLikes>

export function createLikes(deps: LikeDeps) {
  const [liked, setLiked] = createStore<Record<MediaId, boolean>>({})
  const busy = new Set<MediaId>()
  let visit = 0

  const show = (shelf: LikedShelf, id: MediaId, isLiked: boolean, likeCount: number) => {
    setLiked(id, isLiked)
    shelf.patch(id, { likeCount: Math.max(0, likeCount) })
  }

  /** One request at a time per item; taps meanwhile only change what is wanted in the end. */
  const settle = async (shelf: LikedShelf, id: MediaId, before: { isLiked: boolean; likeCount: number }) => {
    let sure = before
    busy.add(id)
    try {
      while ((liked[id] ?? false) !== sure.isLiked) {
        const answer = await (liked[id] ? deps.like(id) : deps.unlike(id))
        sure = { isLiked: answer.liked, likeCount: answer.likeCount }
      }
      show(shelf, id, sure.isLiked, sure.likeCount)
    } catch (error) {
      const wanted = !sure.isLiked
      show(shelf, id, sure.isLiked, sure.likeCount)
      deps.onFailed(error, wanted)
    } finally {
      busy.delete(id)
    }
  }

  return {
    isLiked: (id: MediaId): boolean => liked[id] ?? false,

    toggle(shelf: LikedShelf, id: MediaId): Promise<void> {
      const item = shelf.find(id)
      if (item === undefined) return Promise.resolve()
      const before = { isLiked: liked[id] ?? false, likeCount: item.likeCount }
      show(shelf, id, !before.isLiked, before.likeCount + (before.isLiked ? -1 : 1))
      return busy.has(id) ? Promise.resolve() : settle(shelf, id, before)
    },

    /** Learns which of these the viewer likes. Never overrules a tap that is under way. */
    async learn(ids: readonly MediaId[]): Promise<void> {
      const asked = visit
      for (let from = 0; from < ids.length; from += askedMax) {
        const answer = await deps.likedAmong(ids.slice(from, from + askedMax))
        if (asked !== visit) return
        for (const id of answer.mediaIds) if (!busy.has(id)) setLiked(id, true)
      }
    },

    /** Another viewer, or none: nobody's likes are known. */
    forget(): void {
      visit += 1
      setLiked(reconcile({}))
    },
  }
}
