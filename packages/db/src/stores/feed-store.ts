// Reading the public feed. `is_public` says what everybody may see; it is also what the feed's partial index holds. Who
// is signed in does not meet what people apart from them put there; a viewer of null is nobody.
import { and, desc, eq, gte, inArray, sql, type SQL } from 'drizzle-orm'
import { union } from 'drizzle-orm/pg-core'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { retryRead } from '../database-fault.ts'
import { users } from '../schema/accounts.ts'
import { blocks } from '../schema/blocks.ts'
import { media } from '../schema/media.ts'
import { isOfNobodyApart, type Viewer } from './block-filter.ts'
import { isOwnHeld } from './review-filter.ts'

export type FeedPosition = { readonly publishedAtMs: number; readonly id: MediaId }

/** Whatever the feed shows of an item. */
export const feedColumns = {
  id: media.id,
  kind: media.kind,
  type: media.type,
  bytes: media.bytes,
  ownerId: media.ownerId,
  ownerName: users.name,
  caption: media.caption,
  altText: media.altText,
  widthPx: media.widthPx,
  heightPx: media.heightPx,
  thumbhash: media.thumbhash,
  dominantColor: media.dominantColor,
  takenLocal: media.takenLocal,
  isCutToFirstFrame: media.isCutToFirstFrame,
  publishedAt: media.publishedAt,
  likeCount: media.likeCount,
  generation: media.generation,
  derivatives: media.derivatives,
  durationMs: media.durationMs,
  isHdr: media.isHdr,
  hasPlay: media.hasPlay,
}

export const isPublic: SQL = sql`${media.isPublic}`

const feedQuery = (db: EdgeDatabase, viewer: Viewer | null, where: SQL | undefined, rowsMax: number) =>
  db
    .select(feedColumns)
    .from(media)
    .innerJoin(users, eq(users.id, media.ownerId))
    .where(and(isPublic, where, viewer === null ? undefined : isOfNobodyApart(viewer)))
    .orderBy(desc(media.publishedAt), desc(media.id))
    .limit(rowsMax)

type SelectedRow = Awaited<ReturnType<typeof feedQuery>>[number]
type OnlyWhenReady = 'kind' | 'type' | 'publishedAt' | 'generation'
export type FeedRow = Omit<SelectedRow, OnlyWhenReady> & {
  [C in OnlyWhenReady]: NonNullable<SelectedRow[C]>
}

/** A ready row has all that the feed needs: a check constraint says so, and this tells the compiler. */
export function requireReady(row: SelectedRow): FeedRow {
  const { kind, type, publishedAt, generation } = row
  if (kind === null || type === null || publishedAt === null || generation === null) {
    throw new Error(`${row.id} is ready but not complete`)
  }
  return { ...row, kind, type, publishedAt, generation }
}

/** Ready items after a position, or from the newest, newest first. */
export async function readPage(
  db: EdgeDatabase,
  viewer: Viewer | null,
  from: FeedPosition | null,
  rowsMax: number,
): Promise<FeedRow[]> {
  const rows = await retryRead(() => feedQuery(db, viewer, from === null ? undefined : isAfter(from), rowsMax))
  return rows.map(requireReady)
}

/** A row comparison, which the index answers by starting at the right place. */
export const isAfter = ({ publishedAtMs, id }: FeedPosition): SQL =>
  sql`(${media.publishedAt}, ${media.id}) < (${sql.param(new Date(publishedAtMs), media.publishedAt)}, ${sql.param(id, media.id)})`

/** Ready items published at or after a moment, newest first. */
export async function readSince(
  db: EdgeDatabase,
  viewer: Viewer | null,
  fromMs: number,
  rowsMax: number,
): Promise<FeedRow[]> {
  const rows = await retryRead(() => feedQuery(db, viewer, isFrom(fromMs), rowsMax))
  return rows.map(requireReady)
}

const isFrom = (fromMs: number): SQL => gte(media.publishedAt, new Date(fromMs))

/**
 * The same for all who listen at once, in one trip: whoever tells them leaves out, for each, what is of the people apart
 * from that one. `apart` pairs owners of the items with whoever is apart from them.
 */
export async function readSinceForAll(db: EdgeDatabase, fromMs: number, rowsMax: number) {
  const owners = () =>
    db
      .select({ id: media.ownerId })
      .from(media)
      .where(and(isPublic, isFrom(fromMs)))
      .orderBy(desc(media.publishedAt), desc(media.id))
      .limit(rowsMax)
  const apart = () =>
    union(
      db
        .select({ ownerId: blocks.blockerId, otherId: blocks.blockedId })
        .from(blocks)
        .where(inArray(blocks.blockerId, owners())),
      db
        .select({ ownerId: blocks.blockedId, otherId: blocks.blockerId })
        .from(blocks)
        .where(inArray(blocks.blockedId, owners())),
    )
  const [rows, pairs] = await retryRead(() => db.batch([feedQuery(db, null, isFrom(fromMs), rowsMax), apart()]))
  return { rows: rows.map(requireReady), apart: pairs }
}

/** An item of the feed, or one of the viewer's own that waits for a review, wherever it is for. */
export async function readItem(db: EdgeDatabase, viewer: Viewer | null, id: MediaId) {
  const isThere = viewer === null ? isPublic : sql`(${isPublic} and ${isOfNobodyApart(viewer)} or ${isOwnHeld(viewer)})`
  const [row] = await retryRead(() =>
    db
      .select({ ...feedColumns, isHeld: sql<boolean>`${media.listing} = 'held'` })
      .from(media)
      .innerJoin(users, eq(users.id, media.ownerId))
      .where(and(eq(media.id, id), isThere)),
  )
  return row === undefined ? null : { ...requireReady(row), isHeld: row.isHeld }
}
