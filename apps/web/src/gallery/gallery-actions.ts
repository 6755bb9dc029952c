// What people do with chosen items: seen at once, sent, and taken back where the server says no or they change their
// mind.
import { isAtLeast, type Role } from '@shoebox/shared/groups/roles.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { renewGroup } from '../groups/renew-group.ts'
import { showToast } from '../ui/toasts.tsx'
import { galleryWords } from '../words/gallery-words.ts'
import type { GroupId } from './gallery-item.ts'
import { hide, moveTo, restore, trash, unhide } from './item-calls.ts'
import { createLongDeed, sayWhy } from './long-deed.ts'
import type { Send } from './run-in-pieces.ts'
import { saveOriginals } from './save-originals.ts'
import type { Timeline } from './timeline-store.ts'

/** `withoutWords`: what was written of them is deleted, and a way back does not bring it back. */
export type MoveTarget = { readonly groupId: GroupId | null; readonly name: string; readonly withoutWords: boolean }
export type GalleryActions = ReturnType<typeof createGalleryActions>

type Deed = {
  readonly send: Send
  readonly said: (count: number) => string
  readonly undo: Send
  /** What the server would refuse is not sent. */
  readonly mayChange: (id: MediaId) => boolean
}

/** `title`: what the gallery is called. */
export function createGalleryActions(groupId: GroupId, timeline: Timeline, title: () => string, role: () => Role) {
  const { progress, run } = createLongDeed()

  /**
   * Takes items away, sends it, and brings back what was refused or not reached. Says what was done, with a way back.
   * Answers what was not reached.
   * @throws when nothing was reached
   */
  const takeAway = async (ids: readonly MediaId[], deed: Deed): Promise<readonly MediaId[]> => {
    const allowed = ids.filter(deed.mayChange)
    const putBack = timeline.takeAway(allowed)
    const outcome = await run(allowed, deed.send)
    const { done, refused, left, error } = outcome
    if (refused.length + left.length > 0) {
      putBack()
      if (done.length > 0) timeline.takeAway(done)
    }
    if (error !== undefined && left.length === allowed.length) throw error
    const refusedCount = refused.length + ids.length - allowed.length
    if (refusedCount > 0) showToast(galleryWords.notYours(refusedCount))
    if (left.length > 0) showToast(galleryWords.leftOver(left.length, sayWhy(outcome)))
    if (done.length > 0) {
      renew(done)
      showToast(deed.said(done.length), { text: galleryWords.undo, run: () => void takeBack(done, deed.undo) })
    }
    return left
  }

  const takeBack = async (ids: readonly MediaId[], undo: Send) => {
    const outcome = await run(ids, undo)
    const { done, left } = outcome
    if (done.length > 0) {
      await timeline.bringBack(done).catch(() => undefined)
      renewGroup(groupId)
      showToast(galleryWords.restored(done.length))
    }
    if (left.length === 0) return
    const goOn = { text: galleryWords.undo, run: () => void takeBack(left, undo) }
    showToast(galleryWords.notRestored(left.length, sayWhy(outcome)), goOn)
  }

  const renew = (done: readonly MediaId[]) => {
    renewGroup(groupId)
    // What was only named is still counted among what is not loaded.
    if (!done.every(timeline.isLoaded)) void timeline.load()
  }

  const mayTrash = (id: MediaId) => isAtLeast(role(), 'admin') || timeline.isMine(id)
  return {
    groupId,
    /** Null while nothing long is done. */
    progress,
    mayMove: timeline.isMine,
    /** Whether something was written of it; true also for what is only named. */
    mayHaveWords: (id: MediaId) => {
      const item = timeline.find(id)
      return item === undefined || item.caption !== '' || item.altText !== ''
    },

    trash: (ids: readonly MediaId[]) =>
      takeAway(ids, { send: trash, said: galleryWords.trashed, undo: restore, mayChange: mayTrash }),

    hide: (ids: readonly MediaId[]) =>
      takeAway(ids, { send: hide, said: galleryWords.hidden, undo: unhide, mayChange: () => true }),

    move: (ids: readonly MediaId[], target: MoveTarget) =>
      takeAway(ids, {
        send: moveTo(target.groupId, target.withoutWords),
        said: (count) => galleryWords.moved(count, target.name),
        undo: moveTo(groupId),
        mayChange: timeline.isMine,
      }),

    download: (ids: readonly MediaId[]) => saveOriginals(ids, title()),
  }
}
