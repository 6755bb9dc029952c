// What the janitor needs to know of rows, and the ends that it may give them. Each write is conditional on the state,
// so a row that settles meanwhile is left alone.
import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { PoolDatabase } from '../connect-pool.ts'
import { media } from '../schema/media.ts'
import { endReserved } from './quota-store.ts'

const columns = {
  id: media.id,
  state: media.state,
  incomingKey: media.incomingKey,
  multipartUploadId: media.multipartUploadId,
  reinjections: media.reinjections,
  reinjectedAt: media.reinjectedAt,
  settledAt: media.settledAt,
}

/** The rows that objects of the incoming bucket belong to. */
export const findByIncomingKeys = async (db: PoolDatabase, keys: readonly string[]) =>
  await db
    .select(columns)
    .from(media)
    .where(inArray(media.incomingKey, [...keys]))

/** The oldest reservations made before a moment. */
export const findReservedBefore = async (db: PoolDatabase, before: Date, rowsMax: number) =>
  await db
    .select(columns)
    .from(media)
    .where(and(sql`${media.state} = 'reserved'`, lt(media.createdAt, before)))
    .orderBy(media.createdAt)
    .limit(rowsMax)

/** Counts one more time that an upload's event is sent again, unless that was done since a moment. False: leave it. */
export async function markReinjected(
  db: PoolDatabase,
  { mediaId, nowMs, sinceMs }: { mediaId: MediaId; nowMs: number; sinceMs: number },
): Promise<boolean> {
  const marked = await db
    .update(media)
    .set({ reinjections: sql`${media.reinjections} + 1`, reinjectedAt: new Date(nowMs) })
    .where(
      and(
        eq(media.id, mediaId),
        sql`${media.state} = 'reserved'`,
        or(isNull(media.reinjectedAt), lt(media.reinjectedAt, new Date(sinceMs))),
      ),
    )
    .returning({ id: media.id })
  return marked.length > 0
}

/** Ends a reservation whose bytes never came. */
export async function markExpired(db: PoolDatabase, mediaId: MediaId, nowMs: number): Promise<boolean> {
  const { rows } = await db.execute(endReserved(sql`${eq(media.id, mediaId)}`, 'expired', nowMs))
  return rows.length > 0
}

/** Ends an upload whose bytes are there and for which no outcome came after all tries. */
export async function markGivenUp(db: PoolDatabase, mediaId: MediaId, nowMs: number): Promise<boolean> {
  const end = endReserved(sql`${eq(media.id, mediaId)}`, 'refused', nowMs, 'processing_failed')
  const { rows } = await db.execute(end)
  return rows.length > 0
}
