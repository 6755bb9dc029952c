import type { MediaId, UserId } from '@shoebox/shared/ids.ts'
import type { Delivery } from '@shoebox/shared/media/derivatives.ts'
import type { FeedItem } from './feed.schema.ts'

/** A ready item as the database knows it. */
export type FeedRow = Omit<
  FeedItem,
  'owner' | 'publishedAt' | 'derivatives' | 'hasPoster' | 'delivery' | 'isHeld' | 'isTrashed'
> & {
  readonly isHeld?: boolean
  readonly isTrashed?: boolean
  readonly ownerId: UserId
  readonly ownerName: string
  readonly publishedAt: Date
  readonly generation: string
  readonly derivatives: readonly (FeedItem['derivatives'][number] & { readonly bytes: number })[] | null
}

export type PresentItemDeps = {
  readonly signDelivery: (mediaId: MediaId, generation: string) => Promise<Delivery>
}

/** An item as people are shown it: no file name, no original, and a signature that opens its pictures. */
export async function presentItem(deps: PresentItemDeps, row: FeedRow): Promise<FeedItem> {
  return {
    id: row.id,
    kind: row.kind,
    type: row.type,
    bytes: row.bytes,
    owner: { id: row.ownerId, name: row.ownerName },
    caption: row.caption,
    altText: row.altText,
    ...(row.isHeld === true ? { isHeld: true } : {}),
    ...(row.isTrashed === true ? { isTrashed: true } : {}),
    widthPx: row.widthPx,
    heightPx: row.heightPx,
    thumbhash: row.thumbhash,
    dominantColor: row.dominantColor,
    takenLocal: row.takenLocal,
    isCutToFirstFrame: row.isCutToFirstFrame,
    durationMs: row.durationMs,
    hasPoster: (row.derivatives ?? []).length > 0,
    hasPlay: row.hasPlay,
    isHdr: row.isHdr,
    publishedAt: row.publishedAt.toISOString(),
    likeCount: row.likeCount,
    derivatives: (row.derivatives ?? []).map(({ name, widthPx, heightPx }) => ({ name, widthPx, heightPx })),
    delivery: await deps.signDelivery(row.id, row.generation),
  }
}
