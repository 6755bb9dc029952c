// What the server is asked to do with a piece of a long list of items. It answers which it did; what it refused stays as
// it was.
import { api, type Outputs } from '../api/client.ts'
import type { GroupId } from './gallery-item.ts'
import type { Answer, Send } from './run-in-pieces.ts'

const toAnswer = ({ moved, refused }: Outputs['gallery']['restore']): Answer => ({ done: moved, refused })

export const trash: Send = async (mediaIds) => toAnswer(await api.gallery.moveToTrash.mutate({ mediaIds }))

export const restore: Send = async (mediaIds) => toAnswer(await api.gallery.restore.mutate({ mediaIds }))

export const hide: Send = async (mediaIds) => toAnswer(await api.gallery.hide.mutate({ mediaIds }))

export const unhide: Send = async (mediaIds) => {
  await api.gallery.unhide.mutate({ mediaIds })
  return { done: mediaIds, refused: [] }
}

export const moveTo =
  (toGroupId: GroupId | null, withoutWords = false): Send =>
  async (mediaIds) =>
    toAnswer(await api.gallery.move.mutate({ mediaIds, toGroupId, withoutWords }))

/** For good. The server tells how many it ended, and not which. */
export const end: Send = async (mediaIds) => {
  const { purged } = await api.gallery.emptyTrash.mutate({ mediaIds })
  return { done: mediaIds.slice(0, purged), refused: mediaIds.slice(purged) }
}
