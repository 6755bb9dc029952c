// What a gallery shows of an item: all that the feed does, and what its people said of it.
import type { FeedItem } from '../feed/feed-item.ts'

export type GroupId = `grp_${string}`
export type GalleryItem = FeedItem & {
  readonly caption: string
  readonly altText: string
  readonly commentCount: number
  readonly timelineAt: string
  readonly isMine: boolean
}
export type GalleryPage = { items: GalleryItem[]; nextCursor: string | null }
export type TimelineAnswer = { total: number; chunks: { section: string; count: number; cursor: string; at: string }[] }
export type GalleryFilter = {
  readonly uploaders?: readonly GalleryItem['owner']['id'][]
  readonly kinds?: readonly GalleryItem['kind'][]
  readonly from?: string
  readonly to?: string
}
