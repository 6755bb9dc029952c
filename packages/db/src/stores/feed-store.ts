// Reading the public feed. `is_public` says what everybody may see; it is also what the feed's partial index holds.
import { and, desc, eq, gte, sql, type SQL } from 'drizzle-orm'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { retryRead } from '../database-fault.ts'
import { users } from '../schema/accounts.ts'
import { media } from '../schema/media.ts'

export type FeedPosition = { readonly publishedAtMs: number; readonly id: MediaId }

/** Whatever the feed shows of an item. */
export const feedColumns = {
  id: media.id,
  kind: media.kind,
  type: media.type,
  bytes: media.bytes,
  ownerId: media.ownerId,
  ownerName: users.name,
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

const feedQuery = (db: EdgeDatabase, where: SQL | undefined, rowsMax: number) =>
  db
    .select(feedColumns)
    .from(media)
    .innerJoin(users, eq(users.id, media.ownerId))
    .where(and(isPublic, where))
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
export async function readPage(db: EdgeDatabase, from: FeedPosition | null, rowsMax: number): Promise<FeedRow[]> {
  const rows = await retryRead(() => feedQuery(db, from === null ? undefined : isAfter(from), rowsMax))
  return rows.map(requireReady)
}

/** A row comparison, which the index answers by starting at the right place. */
export const isAfter = ({ publishedAtMs, id }: FeedPosition): SQL =>
  sql`(${media.publishedAt}, ${media.id}) < (${sql.param(new Date(publishedAtMs), media.publishedAt)}, ${sql.param(id, media.id)})`

/** Ready items published at or after a moment, newest first. */
export async function readSince(db: EdgeDatabase, fromMs: number, rowsMax: number): Promise<FeedRow[]> {
  const rows = await retryRead(() => feedQuery(db, gte(media.publishedAt, new Date(fromMs)), rowsMax))
  return rows.map(requireReady)
}

export async function readItem(db: EdgeDatabase, id: MediaId): Promise<FeedRow | null> {
  const [row] = await retryRead(() => feedQuery(db, eq(media.id, id), 1))
  return row === undefined ? null : requireReady(row)
}
