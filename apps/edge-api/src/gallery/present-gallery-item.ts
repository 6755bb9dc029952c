import type { GroupId, UserId } from '@shoebox/shared/ids.ts'
import { presentItem, type FeedRow, type PresentItemDeps } from '../feed/present-item.ts'
import type { GalleryItem } from './gallery.schema.ts'

export type GalleryRow = FeedRow & {
  readonly groupId: GroupId | null
  readonly commentCount: number
  readonly timelineAt: Date
}

/** An item as the members of its group are shown it. */
export async function presentGalleryItem(
  deps: PresentItemDeps,
  viewerId: UserId,
  row: GalleryRow,
): Promise<GalleryItem> {
  return {
    ...(await presentItem(deps, row)),
    groupId: row.groupId,
    commentCount: row.commentCount,
    timelineAt: row.timelineAt.toISOString(),
    isMine: row.ownerId === viewerId,
  }
}
