import type { Visitor } from '../trpc/visitor.ts'
import { formatCursor, positionAt, type FeedPosition } from './feed-cursor.ts'
import type { FeedPage } from './feed.schema.ts'
import { presentItem, type FeedRow, type PresentItemDeps } from './present-item.ts'

export type ListPageDeps = PresentItemDeps & {
  readonly nowMs: () => number
  /** Ready items that come after the position (from the newest without one), newest first. */
  readonly readPage: (from: FeedPosition | null, rowsMax: number) => Promise<readonly FeedRow[]>
  /** The edge's copy of the first page, never older than it may be; null when there is none. */
  readonly findSharedPage: (size: number) => Promise<FeedPage | null>
  readonly keepSharedPage: (size: number, page: FeedPage) => void
}

export type PageWish = { readonly cursor?: FeedPosition | undefined; readonly size: number }

/**
 * One page of the feed. The first page of people who are not signed in is shared by everyone at this edge for a few
 * seconds and costs no trip to the database; signed-in people always see what they just did,
 * and nothing of people apart from them.
 */
export async function listPage(deps: ListPageDeps, visitor: Visitor, wish: PageWish): Promise<FeedPage> {
  const isShared = wish.cursor === undefined && visitor.sessionToken === null
  if (!isShared) return readPage(deps, wish)
  const known = await deps.findSharedPage(wish.size)
  if (known !== null) return known
  const page = await readPage(deps, wish)
  deps.keepSharedPage(wish.size, page)
  return page
}

async function readPage(deps: ListPageDeps, { cursor, size }: PageWish): Promise<FeedPage> {
  const askedAtMs = deps.nowMs()
  // One row more than asked for tells whether there is another page.
  const rows = await deps.readPage(cursor ?? null, size + 1)
  const shown = rows.slice(0, size)
  const [newest, oldest] = [shown[0], shown.at(-1)]
  return {
    items: await Promise.all(shown.map((row) => presentItem(deps, row))),
    nextCursor: rows.length > size && oldest !== undefined ? formatCursor(positionOf(oldest)) : null,
    sinceCursor: formatCursor(newest === undefined ? positionAt(askedAtMs) : positionOf(newest)),
  }
}

const positionOf = (row: FeedRow): FeedPosition => ({ publishedAtMs: row.publishedAt.getTime(), id: row.id })
