// The items of a bulk download, some at a time.
import type { GalleryFilter } from '../gallery/gallery-item.ts'
import { api } from '../api/client.ts'
import type { GroupId, MediaId } from '@shoebox/shared/ids.ts'

const pageSize = 100

/** Everything that a group's gallery shows with a filter, newest first. */
export async function* listGallery(groupId: GroupId, filter: GalleryFilter): AsyncGenerator<readonly MediaId[]> {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof api.gallery.ids.query>> = await api.gallery.ids.query({
      groupId,
      zone,
      filter,
      ...(cursor === null ? {} : { cursor }),
    })
    yield page.items.map(({ id }) => id)
    cursor = page.nextCursor
  } while (cursor !== null)
}

/** Everything of one's own, wherever it is, newest first. */
export async function* listOwn(): AsyncGenerator<readonly MediaId[]> {
  let cursor: MediaId | null = null
  do {
    const page: Awaited<ReturnType<typeof api.uploads.mine.query>> = await api.uploads.mine.query({
      size: pageSize,
      ...(cursor === null ? {} : { cursor }),
    })
    yield page.items.flatMap(({ state, mediaId }) => (state === 'ready' ? [mediaId] : []))
    cursor = page.nextCursor
  } while (cursor !== null)
}
