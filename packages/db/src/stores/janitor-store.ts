// What the janitor needs to know of rows, and the ends that it may give them. Each write is conditional on the state,
// so a row that settles meanwhile is left alone.
import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { parseIncomingKey } from '@shoebox/shared/upload/object-keys.ts'
import type { PoolDatabase } from '../connect-pool.ts'
import { media } from '../schema/media.ts'
import { mayEnter } from './ban-filter.ts'
import { askForDeletion, purgeItems } from './deletion-store.ts'
import { moment } from './moment.ts'
import { endReserved } from './quota-store.ts'

const columns = {
  id: media.id,
  state: media.state,
  refusalReason: media.refusalReason,
  incomingKey: media.incomingKey,
  multipartUploadId: media.multipartUploadId,
  reinjections: media.reinjections,
  reinjectedAt: media.reinjectedAt,
  settledAt: media.settledAt,
}

/** The rows that objects of the incoming bucket belong to. A key names its item, so no index on keys is needed. */
export async function findByIncomingKeys(db: PoolDatabase, keys: readonly string[]) {
  const ids = keys.flatMap((key) => parseIncomingKey(key)?.mediaId ?? [])
  const rows = ids.length === 0 ? [] : await db.select(columns).from(media).where(inArray(media.id, ids))
  const asked = new Set(keys)
  return rows.filter(({ incomingKey }) => asked.has(incomingKey))
}

/** The oldest reservations made before a moment. */
export const findReservedBefore = async (db: PoolDatabase, before: Date, rowsMax: number) =>
  await db
    .select(columns)
    .from(media)
    .where(and(sql`${media.state} = 'reserved'`, lt(media.createdAt, before)))
    .orderBy(media.createdAt)
    .limit(rowsMax)

/** Notes when the bytes of an upload were first seen, which then counts as when its event was sent. */
export async function markSeen(db: PoolDatabase, mediaId: MediaId, nowMs: number): Promise<void> {
  await db
    .update(media)
    .set({ reinjectedAt: new Date(nowMs) })
    .where(and(eq(media.id, mediaId), sql`${media.state} = 'reserved'`, isNull(media.reinjectedAt)))
}

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

/**
 * Ends an upload whose bytes are there and for which no outcome came after all tries. What its tries left behind goes.
 */
export async function markGivenUp(
  db: PoolDatabase,
  upload: { readonly mediaId: MediaId; readonly incomingKey: string },
  nowMs: number,
): Promise<boolean> {
  const which = sql`${eq(media.id, upload.mediaId)} and ${eq(media.incomingKey, upload.incomingKey)}`
  const outbox = sql`, outbox as (${askForDeletion(sql`ending`, 'given_up', nowMs)})`
  const end = endReserved(which, 'refused', nowMs, 'processing_failed', outbox)
  const { rows } = await db.execute(end)
  return rows.length > 0
}

/**
 * Ends pictures of people and groups that were ready before a moment and were never set. Looks back a week: what was
 * missed by then was not for want of rounds. Answers how many.
 */
export async function purgeUnsetPictures(
  db: PoolDatabase,
  before: Date,
  { nowMs, rowsMax }: { nowMs: number; rowsMax: number },
): Promise<number> {
  const isSet = sql`(exists (select 1 from users where users.id = media.owner_id and users.avatar_id = media.id)
    or exists (select 1 from groups where groups.id = media.group_id and groups.cover_id = media.id))`
  const due = sql`${media.id} in (
    select id from ${media} where purpose <> 'item' and state = 'ready' and settled_at < ${moment(before)}
      and settled_at > ${moment(before)} - interval '7 days' and not ${isSet}
    order by settled_at limit ${rowsMax})`
  const { rows } = await db.execute(purgeItems(sql`${due} and not ${isSet}`, 'purged', nowMs))
  return rows.length
}

/** Shows items again that were withdrawn with a ban which is over: their owner may never come back. Answers how many. */
export async function showWithdrawn(
  db: PoolDatabase,
  { nowMs, rowsMax }: { nowMs: number; rowsMax: number },
): Promise<number> {
  const { rowCount } = await db.execute(sql`
    update ${media} set listing = 'listed' where listing = 'withdrawn' and id in (
      select media.id from ${media} join users on users.id = media.owner_id
      where media.listing = 'withdrawn' and ${mayEnter(sql`users.ban_id`, nowMs)}
      order by media.id limit ${rowsMax} for update of media)`)
  return rowCount ?? 0
}

/** Ends those items that have lain in the trash since before a moment. Answers how many. */
export async function purgeTrash(
  db: PoolDatabase,
  before: Date,
  { nowMs, rowsMax }: { nowMs: number; rowsMax: number },
) {
  const due = sql`${media.id} in (
    select id from ${media} where listing = 'trashed' and trashed_at < ${before.toISOString()}::timestamptz
    order by trashed_at limit ${rowsMax})`
  const { rows } = await db.execute(purgeItems(sql`${due} and listing = 'trashed'`, 'purged', nowMs))
  return rows.length
}
