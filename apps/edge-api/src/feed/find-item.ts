import type { MediaId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { FeedItem } from './feed.schema.ts'
import { presentItem, type FeedRow, type PresentItemDeps } from './present-item.ts'

export type FindItemDeps = PresentItemDeps & {
  readonly readItem: (mediaId: MediaId) => Promise<FeedRow | null>
}

/** One ready item. One that is not ready is answered exactly like one that does not exist. */
export async function findItem(deps: FindItemDeps, mediaId: MediaId): Promise<Result<FeedItem, { code: 'not_found' }>> {
  const row = await deps.readItem(mediaId)
  return row === null ? refuse({ code: 'not_found' }) : accept(await presentItem(deps, row))
}
