// The persister's one write: outcomes of the processor become the final state of their uploads.
import { DrizzleQueryError, sql } from 'drizzle-orm'
import { idFromUuid, uuidOf, type MediaId } from '@shoebox/shared/ids.ts'
import { kindOf } from '@shoebox/shared/media/kinds.ts'
import type { Outcome, ReadyOutcome } from '@shoebox/shared/messages/outcome.schema.ts'
import type { PoolDatabase } from '../connect-pool.ts'

/**
 * Settles uploads, all of them in one statement. Returns the ids that this call settled: an outcome that is a
 * duplicate, late, or for another owner's or another key's row settles nothing.
 * An outcome settles once whatever the order of delivery: only a reserved row leaves its state, and rows are locked
 * before they are judged, in the order of their ids, so that two persisters neither race nor deadlock.
 */
export async function settleMany(db: PoolDatabase, outcomes: readonly Outcome[]): Promise<MediaId[]> {
  if (outcomes.length === 0) return []
  const settled = await db.execute<{ id: string }>(sql`
    with outcomes as (
      select * from jsonb_to_recordset(${JSON.stringify(outcomes.map(toRow))}::jsonb) as (
        ordinal int, media_id uuid, owner_id uuid, incoming_key text, inspected_at timestamptz, state text,
        refusal_reason text, detected_type text, type text, kind text, bytes bigint, sha256 text, generation text,
        width_px int, height_px int, thumbhash text, dominant_color text, taken_local text, taken_offset_minutes int,
        taken_at timestamptz, taken_source text, is_cut_to_first_frame boolean, derivatives jsonb
      )
    ), locked as (
      select id, owner_id, incoming_key from media
      where id in (select media_id from outcomes) and state = 'reserved'
      order by id for update
    ), firsts as (
      select distinct on (locked.id) outcomes.*
      from outcomes
      join locked on locked.id = media_id
        and locked.owner_id = outcomes.owner_id and locked.incoming_key = outcomes.incoming_key
      order by locked.id, ordinal
    )
    update media set
      state = firsts.state, settled_at = inspected_at, refusal_reason = firsts.refusal_reason,
      detected_type = firsts.detected_type, type = firsts.type, kind = firsts.kind, bytes = firsts.bytes,
      sha256 = firsts.sha256, generation = firsts.generation, width_px = firsts.width_px,
      height_px = firsts.height_px, thumbhash = firsts.thumbhash, dominant_color = firsts.dominant_color,
      taken_local = firsts.taken_local, taken_offset_minutes = firsts.taken_offset_minutes,
      taken_at = firsts.taken_at, taken_source = firsts.taken_source,
      is_cut_to_first_frame = coalesce(firsts.is_cut_to_first_frame, false), derivatives = firsts.derivatives,
      published_at = case when firsts.state = 'ready' then inspected_at end
    from firsts where media.id = firsts.media_id
    returning media.id
  `)
  return settled.rows.map((row) => idFromUuid('media', row.id))
}

/** True when Postgres refused what the statement carried (data or constraint), not when it could not be asked. */
export const isRefusedByData = (error: unknown): boolean =>
  error instanceof DrizzleQueryError &&
  error.cause !== undefined &&
  'code' in error.cause &&
  /^2[23]/.test(String(error.cause.code))

/** JSON keys are the column names of the record set; a key that is absent reads as null. */
const toRow = (outcome: Outcome, ordinal: number) => ({
  ordinal,
  media_id: uuidOf(outcome.mediaId),
  owner_id: uuidOf(outcome.ownerId),
  incoming_key: outcome.incomingKey,
  inspected_at: new Date(outcome.inspectedAtMs).toISOString(),
  state: outcome.outcome,
  ...(outcome.outcome === 'ready'
    ? toReadyColumns(outcome)
    : { refusal_reason: outcome.reason, detected_type: outcome.detectedType }),
})

const toReadyColumns = (outcome: ReadyOutcome) => ({
  detected_type: outcome.type,
  type: outcome.type,
  kind: kindOf(outcome.type),
  bytes: outcome.bytes,
  sha256: outcome.sha256,
  generation: outcome.generation,
  width_px: outcome.widthPx,
  height_px: outcome.heightPx,
  thumbhash: outcome.thumbhash,
  dominant_color: outcome.dominantColor,
  taken_local: outcome.takenAt?.local,
  taken_offset_minutes: outcome.takenAt?.offsetMinutes,
  taken_at: outcome.takenAt === null ? null : instantOf(outcome.takenAt),
  taken_source: outcome.takenAt?.source,
  is_cut_to_first_frame: outcome.isCutToFirstFrame,
  derivatives: outcome.derivatives,
})

/** Null where the file does not say its offset: a wall clock alone is no instant. */
function instantOf({ local, offsetMinutes }: NonNullable<ReadyOutcome['takenAt']>): string | null {
  if (offsetMinutes === null) return null
  return new Date(Date.parse(`${local}Z`) - offsetMinutes * 60_000).toISOString()
}
