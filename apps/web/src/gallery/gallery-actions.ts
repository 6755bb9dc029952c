// What people do with chosen items: seen at once, sent, and taken back where the server says no or they change their
// mind. Long lists go in pieces, which is told and can be stopped.
import { createSignal } from 'solid-js'
import { isAtLeast, type Role } from '@shoebox/shared/groups/roles.ts'
import { api } from '../api/client.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { renewGroup } from '../groups/renew-group.ts'
import { showToast } from '../ui/toasts.tsx'
import { galleryWords } from '../words/gallery-words.ts'
import { sentenceForError } from '../words/words.ts'
import { pieceMax } from './cut-ids.ts'
import type { GroupId } from './gallery-item.ts'
import { runInPieces, type Outcome, type Send } from './run-in-pieces.ts'
import { saveOriginals } from './save-originals.ts'
import type { Timeline } from './timeline-store.ts'

export type MoveTarget = { readonly groupId: GroupId | null; readonly name: string }
export type GalleryActions = ReturnType<typeof createGalleryActions>

type Progress = { readonly count: number; readonly total: number; readonly stop: () => void }

type Deed = {
  readonly send: Send
  readonly said: (count: number) => string
  readonly undo: Send
  /** What the server would refuse is not sent. */
  readonly mayChange: (id: MediaId) => boolean
}

/** `title`: what the gallery is called. */
export function createGalleryActions(groupId: GroupId, timeline: Timeline, title: () => string, role: () => Role) {
  const [progress, setProgress] = createSignal<Progress | null>(null)

  const watched = async (ids: readonly MediaId[], send: Send): Promise<Outcome> => {
    const stopper = new AbortController()
    const stop = () => stopper.abort()
    // One piece is over before anybody could read of it.
    const tell = (count: number) => ids.length > pieceMax && setProgress({ count, total: ids.length, stop })
    try {
      return await runInPieces(ids, send, stopper.signal, tell)
    } finally {
      setProgress(null)
    }
  }

  /**
   * Takes items away, sends it, and brings back what was refused or not reached. Says what was done, with a way back.
   * Answers what was not reached.
   * @throws when nothing was reached
   */
  const takeAway = async (ids: readonly MediaId[], deed: Deed): Promise<readonly MediaId[]> => {
    const allowed = ids.filter(deed.mayChange)
    const putBack = timeline.takeAway(allowed)
    const { done, refused, left, error } = await watched(allowed, deed.send)
    if (refused.length + left.length > 0) {
      putBack()
      if (done.length > 0) timeline.takeAway(done)
    }
    if (error !== undefined && left.length === allowed.length) throw error
    const refusedCount = refused.length + ids.length - allowed.length
    if (refusedCount > 0) showToast(galleryWords.notYours(refusedCount))
    if (left.length > 0) showToast(galleryWords.leftOver(left.length, sayWhy(error)))
    if (done.length > 0) {
      renew(done)
      showToast(deed.said(done.length), { text: galleryWords.undo, run: () => void takeBack(done, deed.undo) })
    }
    return left
  }

  const takeBack = async (ids: readonly MediaId[], undo: Send) => {
    const { done, left, error } = await watched(ids, undo)
    if (done.length > 0) {
      await timeline.bringBack(done).catch(() => undefined)
      renewGroup(groupId)
      showToast(galleryWords.restored(done.length))
    }
    if (left.length === 0) return
    const goOn = { text: galleryWords.undo, run: () => void takeBack(left, undo) }
    showToast(galleryWords.notRestored(left.length, sayWhy(error)), goOn)
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
        send: moveTo(target.groupId),
        said: (count) => galleryWords.moved(count, target.name),
        undo: moveTo(groupId),
        mayChange: timeline.isMine,
      }),

    download: (ids: readonly MediaId[]) => saveOriginals(ids, title()),
  }
}

const restore: Send = async (mediaIds) => {
  const { moved, refused } = await api.gallery.restore.mutate({ mediaIds })
  return { done: moved, refused }
}
const trash: Send = async (mediaIds) => {
  const { moved, refused } = await api.gallery.moveToTrash.mutate({ mediaIds })
  return { done: moved, refused }
}
const hide: Send = async (mediaIds) => {
  await api.gallery.hide.mutate({ mediaIds })
  return { done: mediaIds, refused: [] }
}
const unhide: Send = async (mediaIds) => {
  await api.gallery.unhide.mutate({ mediaIds })
  return { done: mediaIds, refused: [] }
}
const moveTo =
  (toGroupId: GroupId | null): Send =>
  async (mediaIds) => {
    const { moved, refused } = await api.gallery.move.mutate({ mediaIds, toGroupId })
    return { done: moved, refused }
  }

const sayWhy = (error: unknown): string => (error === undefined ? '' : sentenceForError(error))
