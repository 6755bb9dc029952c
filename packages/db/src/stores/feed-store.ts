// Reading the public feed. `is_public` says what everybody may see; it is also what the feed's partial index holds. Who
// is signed in does not meet what people apart from them put there; a viewer of null is nobody.
import { and, desc, eq, gte, inArray, sql, type SQL } from 'drizzle-orm'
import { union } from 'drizzle-orm/pg-core'
import type { MediaId, UserId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, matches, type Slots } from '../declare-query.ts'
import { retryRead } from '../database-fault.ts'
import { users } from '../schema/accounts.ts'
import { blocks } from '../schema/blocks.ts'
import { media } from '../schema/media.ts'
import { isOfNobodyApart, type Viewer } from './block-filter.ts'
import { uuid } from './id-param.ts'
import { moment } from './moment.ts'
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

/** Public items after a position, from a moment on, or all, of which the viewer is shown those that they meet. */
export type FeedWish = {
  readonly viewer: Viewer | null
  readonly after?: FeedPosition | null
  readonly fromMs?: number
  readonly ownerId?: UserId
  readonly rowsMax: number
}

const isWanted = ({ viewer, after, fromMs, ownerId }: Slots<FeedWish>) =>
  and(
    isPublic,
    ownerId === undefined ? undefined : matches(media.ownerId, ownerId),
    after == null ? undefined : isAfter(after),
    fromMs === undefined ? undefined : gte(media.publishedAt, moment(fromMs)),
    viewer === null ? undefined : isOfNobodyApart(viewer),
  )

export const feedQuery = declareQuery((db, wish: Slots<FeedWish>) =>
  db
    .select(feedColumns)
    .from(media)
    .innerJoin(users, eq(users.id, media.ownerId))
    .where(isWanted(wish))
    .orderBy(desc(media.publishedAt), desc(media.id))
    .limit(wish.rowsMax),
)

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
  const rows = await retryRead(() => feedQuery(db, { viewer, after: from, rowsMax }))
  return rows.map(requireReady)
}

/** A row comparison, which the index answers by starting at the right place. */
const isAfter = ({ publishedAtMs, id }: Slots<FeedPosition>): SQL =>
  sql`(${media.publishedAt}, ${media.id}) < (${moment(publishedAtMs)}, ${uuid(id)})`

/** Ready items published at or after a moment, newest first. */
export async function readSince(
  db: EdgeDatabase,
  viewer: Viewer | null,
  fromMs: number,
  rowsMax: number,
): Promise<FeedRow[]> {
  const rows = await retryRead(() => feedQuery(db, { viewer, fromMs, rowsMax }))
  return rows.map(requireReady)
}

const apartQuery = declareQuery((db, wish: Slots<FeedWish>) => {
  const owners = () =>
    db
      .select({ id: media.ownerId })
      .from(media)
      .where(isWanted(wish))
      .orderBy(desc(media.publishedAt), desc(media.id))
      .limit(wish.rowsMax)
  return union(
    db
      .select({ ownerId: blocks.blockerId, otherId: blocks.blockedId })
      .from(blocks)
      .where(inArray(blocks.blockerId, owners())),
    db
      .select({ ownerId: blocks.blockedId, otherId: blocks.blockerId })
      .from(blocks)
      .where(inArray(blocks.blockedId, owners())),
  )
})

/**
 * The same for all who listen at once, in one trip: whoever tells them leaves out, for each, what is of the people apart
 * from that one. `apart` pairs owners of the items with whoever is apart from them.
 */
export async function readSinceForAll(db: EdgeDatabase, fromMs: number, rowsMax: number) {
  const wish = { viewer: null, fromMs, rowsMax }
  const [rows, pairs] = await retryRead(() => db.batch([feedQuery(db, wish), apartQuery(db, wish)]))
  return { rows: rows.map(requireReady), apart: pairs }
}

type ItemWish = { readonly viewer: Viewer | null; readonly id: MediaId }

const itemQuery = declareQuery((db, { viewer, id }: Slots<ItemWish>) => {
  const isThere = viewer === null ? isPublic : sql`(${isPublic} and ${isOfNobodyApart(viewer)} or ${isOwnHeld(viewer)})`
  return db
    .select({ ...feedColumns, isHeld: sql<boolean>`${media.listing} = 'held'` })
    .from(media)
    .innerJoin(users, eq(users.id, media.ownerId))
    .where(and(matches(media.id, id), isThere))
})

/** An item of the feed, or one of the viewer's own that waits for a review, wherever it is for. */
export async function readItem(db: EdgeDatabase, viewer: Viewer | null, id: MediaId) {
  const [row] = await retryRead(() => itemQuery(db, { viewer, id }))
  return row === undefined ? null : { ...requireReady(row), isHeld: row.isHeld }
}
