// What people do with chosen items: seen at once, sent, and taken back where the server says no or they change their
// mind. Long lists go in pieces, in the order of the list.
import { api } from '../api/client.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { renewGroup } from '../groups/renew-group.ts'
import { showToast } from '../ui/toasts.tsx'
import { galleryWords } from '../words/gallery-words.ts'
import { sentenceForError } from '../words/words.ts'
import { cutIds } from './cut-ids.ts'
import type { GroupId } from './gallery-item.ts'
import { saveOriginals } from './save-originals.ts'
import type { Timeline } from './timeline-store.ts'

export type MoveTarget = { readonly groupId: GroupId | null; readonly name: string }
export type GalleryActions = ReturnType<typeof createGalleryActions>

type Answer = { readonly done: readonly MediaId[]; readonly refused: readonly MediaId[] }
type Send = (mediaIds: MediaId[]) => Promise<Answer>

async function inPieces(ids: readonly MediaId[], send: Send): Promise<Answer> {
  const answers: Answer[] = []
  for (const piece of cutIds(ids)) answers.push(await send(piece))
  return { done: answers.flatMap(({ done }) => done), refused: answers.flatMap(({ refused }) => refused) }
}

/** `title`: what the gallery is called. */
export function createGalleryActions(groupId: GroupId, timeline: Timeline, title: () => string) {
  /** Takes items away, sends it, and brings back what was refused. Says what was done, with a way back. */
  const takeAway = async (ids: MediaId[], send: Send, said: (count: number) => string, undo: Send | null) => {
    const putBack = timeline.takeAway(ids)
    let answer: Answer
    try {
      answer = await inPieces(ids, send)
    } catch (error) {
      putBack()
      throw error
    }
    if (answer.refused.length > 0) {
      putBack()
      if (answer.done.length > 0) timeline.takeAway(answer.done)
      showToast(galleryWords.notYours(answer.refused.length))
    }
    if (answer.done.length === 0) return
    renewGroup(groupId)
    const takeBack = async () => {
      if (undo === null) return
      try {
        const { done } = await inPieces(answer.done, undo)
        await timeline.bringBack(done)
        renewGroup(groupId)
        showToast(galleryWords.restored(done.length))
      } catch (error) {
        showToast(sentenceForError(error))
      }
    }
    const action = undo === null ? null : { text: galleryWords.undo, run: () => void takeBack() }
    showToast(said(answer.done.length), action)
  }

  return {
    groupId,

    trash: (ids: MediaId[]) =>
      takeAway(
        ids,
        async (mediaIds) => {
          const { moved, refused } = await api.gallery.moveToTrash.mutate({ mediaIds })
          return { done: moved, refused }
        },
        galleryWords.trashed,
        async (mediaIds) => {
          const { moved, refused } = await api.gallery.restore.mutate({ mediaIds })
          return { done: moved, refused }
        },
      ),

    hide: (ids: MediaId[]) =>
      takeAway(
        ids,
        async (mediaIds) => {
          await api.gallery.hide.mutate({ mediaIds })
          return { done: mediaIds, refused: [] }
        },
        galleryWords.hidden,
        async (mediaIds) => {
          await api.gallery.unhide.mutate({ mediaIds })
          return { done: mediaIds, refused: [] }
        },
      ),

    move: (ids: MediaId[], target: MoveTarget) => {
      const moveTo = (toGroupId: GroupId | null) => async (mediaIds: MediaId[]) => {
        const { moved, refused } = await api.gallery.move.mutate({ mediaIds, toGroupId })
        return { done: moved, refused }
      }
      const said = (count: number) => galleryWords.moved(count, target.name)
      return takeAway(ids, moveTo(target.groupId), said, moveTo(groupId))
    },

    download: (ids: MediaId[]) => saveOriginals(ids, title()),
  }
}
