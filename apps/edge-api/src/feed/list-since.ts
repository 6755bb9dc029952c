import { formatCursor, type FeedPosition } from './feed-cursor.ts'
import type { FeedArrivals } from './feed.schema.ts'
import { pageSizeMax } from './page-size.ts'
import { presentItem, type FeedRow, type PresentItemDeps } from './present-item.ts'

/** Items may become visible in another order than they were published in; this much is read again each time. */
export const rereadMs = 10_000

export type ListSinceDeps = PresentItemDeps & {
  /** Ready items published at or after the moment, newest first. */
  readonly readSince: (fromMs: number, rowsMax: number) => Promise<readonly FeedRow[]>
}

/** What is newer than the cursor, and again the last seconds before it: the client drops what it has. */
export async function listSince(deps: ListSinceDeps, after: FeedPosition): Promise<FeedArrivals> {
  const rows = await deps.readSince(Math.max(0, after.publishedAtMs - rereadMs), pageSizeMax + 1)
  const shown = rows.slice(0, pageSizeMax)
  const newest = shown[0]
  // The newest row may be one of those read again, when the cursor's own item is gone: never go back.
  const reached =
    newest !== undefined && newest.publishedAt.getTime() >= after.publishedAtMs
      ? { publishedAtMs: newest.publishedAt.getTime(), id: newest.id }
      : after
  return {
    items: await Promise.all(shown.map((row) => presentItem(deps, row))),
    sinceCursor: formatCursor(reached),
    isComplete: rows.length <= pageSizeMax,
  }
}
