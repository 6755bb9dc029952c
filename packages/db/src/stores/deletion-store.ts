// The outbox of deletions. Whatever makes objects unwanted asks for their deletion in its own statement, so that neither
// happens without the other; the purge works it off. One row for each thing that must go: asking again starts it anew.
import { and, eq, inArray, isNotNull, isNull, lte, sql, type SQL } from 'drizzle-orm'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { PoolDatabase } from '../connect-pool.ts'
import { media } from '../schema/media.ts'
import { deletions, type DeletionReason } from '../schema/upkeep.ts'
import { giveTotalBack } from './quota-store.ts'

const at = (nowMs: number): SQL => sql`${new Date(nowMs).toISOString()}::timestamptz`

/** How a wish is written whoever writes it: one that is there, done or not, starts anew. */
export const askedAgain = `on conflict (media_id, generation) do update set
      reason = excluded.reason, asks = deletions.asks + 1, attempts = 0,
      created_at = excluded.created_at, next_try_at = excluded.next_try_at,
      incoming_key = coalesce(excluded.incoming_key, deletions.incoming_key),
      multipart_upload_id = coalesce(excluded.multipart_upload_id, deletions.multipart_upload_id),
      was_shown = deletions.was_shown or excluded.was_shown,
      gone_at = null, invalidation_id = null, invalidated_at = null, done_at = null`

/** Owners are given signatures for what lies in their trash too, so the edge may have copies of whatever was published. */
const wasShown = sql`published_at is not null as was_shown`

/**
 * Part of a statement: asks that everything of the items in `source` goes. It must have their `id`, `incoming_key`,
 * `multipart_upload_id` and `was_shown`.
 */
export const askForDeletion = (source: SQL, reason: DeletionReason, nowMs: number): SQL => sql`
    insert into deletions (media_id, incoming_key, multipart_upload_id, reason, was_shown, created_at, next_try_at)
    select id, incoming_key, multipart_upload_id, ${reason}, was_shown, ${at(nowMs)}, ${at(nowMs)} from ${source} order by id
    ${sql.raw(askedAgain)}`

/**
 * Ends those items that the condition on `media` names: their rows go, their room is given back, and their objects are
 * asked to go, in one statement. Answers the ids. The day on which they were uploaded stays used up.
 */
export const purgeItems = (which: SQL, reason: Exclude<DeletionReason, 'superseded'>, nowMs: number): SQL => sql`
  with ending as (
    select id, owner_id, incoming_key, multipart_upload_id, quota_bytes, ${wasShown} from ${media}
    where ${which} order by id for update
  ), ${giveTotalBack}, outbox as (${askForDeletion(sql`ending`, reason, nowMs)})
  delete from media using ending where media.id = ending.id
  returning media.id`

/**
 * Parts of a statement that take items down which the condition on `media` names, and keep their rows: nobody comes
 * across them any more, and their objects are asked to go. What was taken down is in `down`, with `id` and `owner_id`.
 */
export const itemsTakenDown = (which: SQL, nowMs: number): SQL => sql`ending as (
    select id, owner_id, incoming_key, multipart_upload_id, quota_bytes, ${wasShown} from ${media}
    where ${which} and ${media.state} = 'ready' and ${media.listing} <> 'removed' order by id for update
  ), ${giveTotalBack}, outbox as (${askForDeletion(sql`ending`, 'removed', nowMs)}
  ), down as (
    update media set listing = 'removed', trashed_at = null, trashed_by = null, quota_bytes = 0
    from ending where media.id = ending.id
    returning media.id, media.owner_id
  )`

export type Stray = {
  readonly mediaId: MediaId
  readonly generation: string | null
  readonly incomingKey: string | null
}

/** Asks that objects go which no row shows. */
export async function askForStray(db: PoolDatabase, stray: Stray, nowMs: number): Promise<void> {
  const { mediaId, generation, incomingKey } = stray
  await db.execute(sql`
    insert into deletions (media_id, generation, incoming_key, reason, was_shown, created_at, next_try_at)
    values (${sql.param(mediaId, deletions.mediaId)}, ${generation}, ${incomingKey}, 'stray', false, ${at(nowMs)}, ${at(nowMs)})
    ${sql.raw(askedAgain)}`)
}

export type Deletion = {
  readonly id: number
  readonly mediaId: MediaId
  readonly generation: string | null
  readonly incomingKey: string | null
  readonly multipartUploadId: string | null
  readonly wasShown: boolean
  readonly asks: number
  readonly goneAt: Date | null
  readonly invalidatedAt: Date | null
  readonly invalidationId: string | null
  /** The generation that the item shows, if it lives. */
  readonly living: string | null
}

/** Evidence is copied first. It was asked for before the wish, or not at all: both lock the row of media. */
const hasNoWantedEvidence = sql`not exists (
  select 1 from evidence where evidence.media_id = ${deletions.mediaId} and evidence.state = 'wanted'
    and evidence.generation = coalesce(${deletions.generation}, evidence.generation))`

/** An upload that was opened again may become ready with what lies there. */
const isSettled = sql`not exists (
  select 1 from media where media.id = ${deletions.mediaId} and media.state is not distinct from 'reserved')`

/**
 * Takes wishes that are due, each with its next try written ahead: one whose purge dies comes again by itself, after
 * 1, 2, 4 … minutes and never more than 6 hours, or in the next round once its objects were gone. Two purges at once take
 * different ones.
 */
export async function claimDeletions(
  db: PoolDatabase,
  { nowMs, rowsMax }: { nowMs: number; rowsMax: number },
): Promise<Deletion[]> {
  const due = db
    .select({ id: deletions.id })
    .from(deletions)
    .where(and(isNull(deletions.doneAt), lte(deletions.nextTryAt, new Date(nowMs)), hasNoWantedEvidence, isSettled))
    .orderBy(deletions.nextTryAt)
    .limit(rowsMax)
    .for('update', { skipLocked: true })
  return await db
    .update(deletions)
    .set({
      attempts: sql`${deletions.attempts} + 1`,
      nextTryAt: sql`${at(nowMs)} + case when ${deletions.goneAt} is not null then interval '50 seconds'
        else least(interval '6 hours', interval '1 minute' * (1 << least(${deletions.attempts}, 9))) end`,
    })
    .where(inArray(deletions.id, due))
    .returning({
      id: deletions.id,
      mediaId: deletions.mediaId,
      generation: deletions.generation,
      incomingKey: deletions.incomingKey,
      multipartUploadId: deletions.multipartUploadId,
      wasShown: deletions.wasShown,
      asks: deletions.asks,
      goneAt: deletions.goneAt,
      invalidatedAt: deletions.invalidatedAt,
      invalidationId: deletions.invalidationId,
      living: sql<string | null>`(select generation from media
        where media.id = deletions.media_id and media.state = 'ready' and media.listing <> 'removed')`,
    })
}

export type Gone = {
  readonly objects: number
  readonly bytes: number
  /** When to look at it again. */
  readonly nextTryMs: number
  readonly nowMs: number
}

/**
 * Notes that S3 lists nothing of it any more, unless it was asked for again meanwhile. An invalidation that was made
 * before does not count: the edge may have fetched a copy since.
 */
export async function markGone(
  db: PoolDatabase,
  wish: Pick<Deletion, 'id' | 'asks'>,
  { objects, bytes, nowMs, nextTryMs }: Gone,
): Promise<boolean> {
  const marked = await db
    .update(deletions)
    .set({
      goneAt: new Date(nowMs),
      nextTryAt: new Date(nextTryMs),
      objects: sql`${deletions.objects} + ${objects}`,
      bytes: sql`${deletions.bytes} + ${bytes}`,
      invalidationId: null,
      invalidatedAt: null,
    })
    .where(isSameAsk(wish))
    .returning({ id: deletions.id })
  return marked.length > 0
}

/** Notes that nothing is left of it and nothing can come any more, unless it was asked for again meanwhile. */
export async function markDone(db: PoolDatabase, wish: Pick<Deletion, 'id' | 'asks'>, nowMs: number): Promise<void> {
  await db
    .update(deletions)
    .set({ doneAt: new Date(nowMs) })
    .where(isSameAsk(wish))
}

const isSameAsk = ({ id, asks }: Pick<Deletion, 'id' | 'asks'>) => and(eq(deletions.id, id), eq(deletions.asks, asks))

/** Notes which invalidation covers these wishes. */
export async function keepInvalidation(
  db: PoolDatabase,
  wishes: readonly Pick<Deletion, 'id' | 'asks'>[],
  invalidationId: string,
): Promise<void> {
  const pairs = wishes.map(({ id, asks }) => sql`(${id}::bigint, ${asks}::int)`)
  await db
    .update(deletions)
    .set({ invalidationId })
    .where(sql`(${deletions.id}, ${deletions.asks}) in (${sql.join(pairs, sql`, `)})`)
}

/** Notes that an invalidation has reached every edge, for those whose objects were gone before. */
export async function markInvalidated(
  db: PoolDatabase,
  invalidationId: string,
  { nowMs, nextTryMs }: { nowMs: number; nextTryMs: number },
): Promise<void> {
  await db
    .update(deletions)
    .set({ invalidatedAt: new Date(nowMs), nextTryAt: new Date(nextTryMs) })
    .where(and(eq(deletions.invalidationId, invalidationId), isNotNull(deletions.goneAt)))
}
