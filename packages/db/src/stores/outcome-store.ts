// The persister's one write: outcomes of the processor become the final state of their uploads.
import pg from 'pg'
import { idFromUuid, uuidOf, type MediaId } from '@shoebox/shared/ids.ts'
import { kindOf } from '@shoebox/shared/media/kinds.ts'
import type { Outcome, ReadyOutcome } from '@shoebox/shared/messages/outcome.schema.ts'
import type { StoredState } from '@shoebox/shared/upload/lifecycle.ts'
import type { PoolDatabase } from '../connect-pool.ts'
import { toBitArray } from './bit-array.ts'
import { askedAgain } from './deletion-store.ts'
import { isInGalleryStill } from './gallery-twin.ts'
import { alikeTo, isKnownBad } from './known-bad.ts'
import { isAmongFirst } from './review-filter.ts'

/**
 * $1: the ids, so that rows are found by their key whatever the planner thinks of the JSON; the state is asked in words
 * that no partial index is made of, or it would read everybody's reserved rows through one. $2: the outcomes.
 * $3: the moment of settling, which is also that of publishing: an item inspected long ago and settled now must still
 * come after what the feed's watchers have seen. $4: the fingerprints, to which the outcomes point: as text among the
 * rest they would cost more than everything else that is read.
 * Rows are locked before they are judged, in the order of their ids: two persisters neither race nor deadlock. Quota
 * is locked after them (see quota-store.ts), and only where the real size is not what was reserved.
 * Content that is in the gallery already, or comes twice in this call, is kept once: the others are refused. What another
 * persister settles at the same moment is not seen here; the unique index refuses it, and asked again it is.
 * An inspection from before a purge of what it made settles nothing, whatever it found: the janitor has its file
 * inspected anew.
 * What somebody sent before they were banned is refused while they are: its request was signed, and cannot be taken back.
 * So is what lies there with another length or sum than its request was signed for, should S3 ever have let it through.
 * What moderators removed is refused when its bytes come again, and what looks like it waits for a review, as do the
 * first public posts of new accounts: all before anybody is told of them. Looks are compared once for both uses
 * of the answer (`offset 0`), and not at all while nothing was ever removed.
 */
const settleStatement = `
  with locked as (
    select id, owner_id, incoming_key, declared_bytes, declared_sha256, quota_bytes, quota_day, created_at, allow_duplicate,
      coalesce(group_id, owner_id) as gallery, case when purpose = 'item' then group_id end as group_id,
      case when purpose = 'item' and group_id is null then review_first else 0 end as review_first
    from media
    where id = any($1::uuid[]) and state is not distinct from 'reserved'
    order by id for update
  ), arrived as (
    select locked.id, outcome.*, locked.quota_day, locked.quota_bytes as quota_bytes_before, locked.created_at,
      locked.gallery, locked.group_id, locked.review_first, refusal,
      refusal is null and outcome.sha256 is not null and not locked.allow_duplicate as is_once
    from locked join json_to_recordset($2::json) as outcome (
      media_id uuid, owner_id uuid, incoming_key text, state text, inspected_at_ms bigint,
      refusal_reason text, detected_type text, type text, kind text, bytes bigint, sha256 text, generation text,
      width_px int, height_px int, thumbhash text, dominant_color text, taken_local text, taken_offset_minutes int,
      taken_at timestamptz, taken_source text, timeline_at timestamptz, is_cut_to_first_frame boolean, derivatives jsonb,
      duration_ms int, video_codec text, audio_codec text, frame_rate real, is_hdr boolean, peaks jsonb, tags jsonb,
      has_play boolean, captions jsonb, camera text, lens text, exposure jsonb, place jsonb, copy_type text, nth_fingerprint int
    ) on outcome.media_id = locked.id
      and outcome.owner_id = locked.owner_id and outcome.incoming_key = locked.incoming_key
    join users on users.id = locked.owner_id
    left join bans on bans.id = users.ban_id and bans.lifted_at is null
      and (bans.ends_at is null or bans.ends_at > $3::timestamptz),
      lateral (select case when outcome.state <> 'ready' then outcome.refusal_reason when bans.id is not null then 'owner_banned'
        when outcome.bytes <> declared_bytes or outcome.sha256 <> declared_sha256 then 'content_mismatch' end as refusal) as found
    where (outcome.state = 'ready' and refusal is not null) or not exists (
      select 1 from deletions where deletions.media_id = locked.id
      and (deletions.generation is null or deletions.generation = outcome.generation)
      and coalesce(deletions.done_at, deletions.created_at) >= to_timestamp(outcome.inspected_at_ms / 1000.0))
  ), judged as (
    select *, case when is_once then coalesce(
      (select twin.id from media as twin where twin.state = 'ready' and twin.sha256 = arrived.sha256
        and twin.purpose = 'item' and ${isInGalleryStill}
        and coalesce(twin.group_id, twin.owner_id) = arrived.gallery order by twin.id limit 1),
      nullif(first_value(id) over (partition by gallery, sha256, is_once order by id), id)) end as duplicate_of,
      refusal is null and ${isKnownBad('arrived.sha256')} as is_blocked,
      ($4::bit varying[])[nth_fingerprint] as hashes
    from arrived
  ), settling as (
    select *, case when is_kept then bytes else 0 end as quota_bytes, case when alike_to is not null then 'alike'
        when is_kept and ${isAmongFirst('judged.review_first', 'judged.owner_id')} then 'first_posts' end as held_for
    from judged,
      lateral (select refusal is null and duplicate_of is null and not is_blocked as is_kept) as verdict,
      lateral (select case when is_kept and (select exists (select 1 from known_bad where lifted_at is null))
          then ${alikeTo('judged.hashes')} end as alike_to offset 0) as looks
  ), change as (
    select owner_id, quota_day, sum(quota_bytes - quota_bytes_before) as bytes from settling
    where quota_bytes <> quota_bytes_before group by owner_id, quota_day
  ), purse as (
    select user_id from quota_totals where user_id = any((select array_agg(owner_id) from change)::uuid[])
    order by user_id for update
  ), total as (
    update quota_totals set bytes = quota_totals.bytes + whole.bytes
    from purse join (select owner_id, sum(bytes) as bytes from change group by owner_id) as whole
      on whole.owner_id = purse.user_id
    where quota_totals.user_id = purse.user_id
  ), today as (
    update quota_days set bytes = quota_days.bytes + change.bytes
    from purse join change on change.owner_id = purse.user_id
    where quota_days.user_id = purse.user_id and quota_days.day = change.quota_day
  ), told as (
    insert into notices (kind, group_id, actor_id, media_id, count, happened_at)
    select 'items_added', group_id, owner_id, (array_agg(id order by id desc))[1], count(*), $3::timestamptz
    from settling where is_kept and held_for is null and group_id is not null group by group_id, owner_id
  ), remembered as (
    insert into fingerprints (media_id, hashes) select id, hashes from settling where is_kept and hashes is not null
  )
  update media set
    state = case when is_kept then 'ready' else 'refused' end, settled_at = $3::timestamptz,
    refusal_reason = case when is_blocked then 'content_blocked' when outcome.duplicate_of is not null then 'duplicate'
      else refusal end,
    duplicate_of = case when not is_blocked then outcome.duplicate_of end, detected_type = outcome.detected_type, type = outcome.type,
    kind = outcome.kind, bytes = outcome.bytes, sha256 = outcome.sha256,
    generation = case when is_kept then outcome.generation end, width_px = outcome.width_px,
    height_px = outcome.height_px, thumbhash = outcome.thumbhash, dominant_color = outcome.dominant_color,
    taken_local = outcome.taken_local, taken_offset_minutes = outcome.taken_offset_minutes,
    taken_at = outcome.taken_at, taken_source = outcome.taken_source,
    timeline_at = coalesce(outcome.timeline_at, outcome.created_at),
    is_cut_to_first_frame = coalesce(outcome.is_cut_to_first_frame, false),
    derivatives = case when is_kept then outcome.derivatives end,
    published_at = case when is_kept then $3::timestamptz end,
    duration_ms = outcome.duration_ms, video_codec = outcome.video_codec, audio_codec = outcome.audio_codec,
    frame_rate = outcome.frame_rate, is_hdr = coalesce(outcome.is_hdr, false), peaks = outcome.peaks,
    tags = outcome.tags, has_play = coalesce(outcome.has_play, false),
    captions = case when is_kept then outcome.captions end,
    camera = outcome.camera, lens = outcome.lens, exposure = outcome.exposure, place = outcome.place,
    copy_type = case when is_kept then outcome.copy_type end,
    quota_bytes = outcome.quota_bytes,
    listing = case when outcome.held_for is null then media.listing else 'held' end, held_for = outcome.held_for,
    alike_to = outcome.alike_to
  from settling as outcome
  where media.id = outcome.id
  returning media.id, media.state`

/**
 * $1: generations that this call did not settle, $2: now. Asks that each goes, unless it is the stored one and the item
 * lives. A statement of its own: one that had to wait for another persister's rows would still judge by what it saw
 * before. A reserved row is left alone, since this generation may yet become its own; every other state is final.
 */
const supersedeStatement = `
  insert into deletions (media_id, generation, incoming_key, reason, was_shown, created_at, next_try_at)
  select stale.media_id, stale.generation, case when media.id is null then stale.incoming_key end, 'superseded', false,
    $2::timestamptz, $2::timestamptz
  from json_to_recordset($1::json) as stale (media_id uuid, generation text, incoming_key text)
    left join media on media.id = stale.media_id
  where media.state is distinct from 'reserved'
    and (media.state = 'ready' and media.generation = stale.generation and media.listing <> 'removed') is not true
  order by 1, 2
    ${askedAgain}`

/**
 * $1: the ids of rows, $2: the content that is to be settled for each. Whatever has the same content and is out of its
 * gallery gives up being the only one. Apart from the settling, since few batches need it.
 */
const makeWayStatement = `
  update media set allow_duplicate = true where id in (
    select twin.id from media as waiting
      join json_to_recordset($2::json) as outcome (media_id uuid, sha256 text) on outcome.media_id = waiting.id
      join media as twin on coalesce(twin.group_id, twin.owner_id) = coalesce(waiting.group_id, waiting.owner_id)
        and twin.sha256 = outcome.sha256 and twin.state = 'ready'
    where waiting.id = any($1::uuid[]) and not twin.allow_duplicate and not (${isInGalleryStill})
    order by twin.id for update of twin)`

/**
 * Settles uploads, all of them in one statement. Returns the ids that this call settled: only a reserved row leaves its
 * state, so an outcome that came before, is late, or is for another owner's or another key's row settles nothing. What
 * was stored for it, or for content that is there already, is asked to go.
 */
export async function settleMany(db: PoolDatabase, outcomes: readonly Outcome[], nowMs: number): Promise<MediaId[]> {
  if (outcomes.length === 0) return []
  const firsts = keepFirsts(outcomes)
  const fingerprints: string[] = []
  const rows = firsts.map((outcome) => toRow(outcome, fingerprints))
  const ids = rows.map((row) => row.media_id)
  // Named, so that a connection plans it once: a quarter of the time of a batch. Drizzle has no way to say so.
  const settle = () =>
    db.$client.query<{ id: string; state: StoredState }>({
      name: 'settle_outcomes',
      text: settleStatement,
      values: [ids, JSON.stringify(rows), new Date(nowMs).toISOString(), toBitArray(fingerprints)],
    })
  const settled = await settle().catch(async (error: unknown) => {
    const isTaken = error instanceof pg.DatabaseError && error.constraint === 'media_gallery_content'
    if (!isTaken || (await db.$client.query(makeWayStatement, [ids, JSON.stringify(rows)])).rowCount === 0) throw error
    return settle()
  })
  const ready = settled.rows.filter(({ state }) => state === 'ready').map(({ id }) => id)
  const stale = findStale(outcomes, firsts, new Set(ready))
  if (stale.length > 0)
    await db.$client.query(supersedeStatement, [JSON.stringify(stale), new Date(nowMs).toISOString()])
  return settled.rows.map((row) => idFromUuid('media', row.id))
}

/** True when Postgres refused what the statement carried (data or constraint), not when it could not be asked. */
export const isRefusedByData = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '')

/** One outcome for each row they could settle: the first to arrive, unless a later inspection has it ready. */
function keepFirsts(outcomes: readonly Outcome[]): Outcome[] {
  const firsts = new Map<string, Outcome>()
  for (const outcome of outcomes) {
    const target = `${outcome.mediaId} ${outcome.ownerId} ${outcome.incomingKey}`
    const first = firsts.get(target)
    if (first === undefined || (outcome.outcome === 'ready' && outcome.inspectedAtMs > first.inspectedAtMs))
      firsts.set(target, outcome)
  }
  return [...firsts.values()]
}

/**
 * What was stored and is not what a row became by this call, each generation once. Of a refused file too: a try before
 * the one that refused it may have broken off with its work half done.
 * @param ready the ids of those rows
 */
function findStale(outcomes: readonly Outcome[], firsts: readonly Outcome[], ready: ReadonlySet<string>) {
  const folder = ({ mediaId, generation }: Outcome) => `${mediaId}/${generation}`
  const stored = new Set(
    firsts.filter(({ outcome, mediaId }) => outcome === 'ready' && ready.has(uuidOf(mediaId))).map(folder),
  )
  const named = outcomes.filter(({ generation }) => generation !== undefined)
  const stale = new Map(named.map((outcome) => [folder(outcome), outcome]))
  return [...stale]
    .filter(([name]) => !stored.has(name))
    .map(([, { mediaId, generation, incomingKey }]) => ({
      media_id: uuidOf(mediaId),
      generation,
      incoming_key: incomingKey,
    }))
}

type TakenAt = NonNullable<ReadyOutcome['takenAt']>

/** JSON keys are the column names of the record set; a key that is absent reads as null. */
const toRow = (outcome: Outcome, fingerprints: string[]) => ({
  media_id: uuidOf(outcome.mediaId),
  owner_id: uuidOf(outcome.ownerId),
  incoming_key: outcome.incomingKey,
  state: outcome.outcome,
  inspected_at_ms: outcome.inspectedAtMs,
  ...(outcome.outcome === 'ready'
    ? toReadyColumns(outcome, fingerprints)
    : { refusal_reason: outcome.reason, detected_type: outcome.detectedType }),
})

const toReadyColumns = (outcome: ReadyOutcome, fingerprints: string[]) => ({
  detected_type: outcome.type,
  type: outcome.type,
  // WebM and Matroska name films and sounds alike.
  kind: outcome.timed?.videoCodec === null ? 'audio' : kindOf(outcome.type),
  bytes: outcome.bytes,
  sha256: outcome.sha256,
  generation: outcome.generation,
  width_px: outcome.widthPx,
  height_px: outcome.heightPx,
  thumbhash: outcome.thumbhash,
  dominant_color: outcome.dominantColor,
  ...(outcome.takenAt === null ? {} : toTakenColumns(outcome.takenAt)),
  ...outcome.capture,
  is_cut_to_first_frame: outcome.isCutToFirstFrame,
  derivatives: outcome.derivatives,
  copy_type: outcome.copyType,
  // Arrays of Postgres begin at 1.
  ...(outcome.fingerprint == null ? {} : { nth_fingerprint: fingerprints.push(outcome.fingerprint) }),
  ...(outcome.timed === undefined ? {} : toTimedColumns(outcome.timed)),
})

function toTakenColumns(takenAt: TakenAt) {
  const instant = instantOf(takenAt)
  return {
    taken_local: takenAt.local,
    taken_offset_minutes: takenAt.offsetMinutes,
    taken_at: instant,
    taken_source: takenAt.source,
    timeline_at: instant ?? `${takenAt.local}Z`,
  }
}

const toTimedColumns = (timed: NonNullable<ReadyOutcome['timed']>) => ({
  duration_ms: timed.durationMs,
  video_codec: timed.videoCodec,
  audio_codec: timed.audioCodec,
  frame_rate: timed.frameRate,
  is_hdr: timed.isHdr,
  peaks: timed.peaks,
  tags: timed.tags,
  has_play: timed.hasPlay,
  captions: timed.captions,
})

/** Null where the file does not say its offset, since a wall clock alone is no instant, and beyond the years 1 to 9999. */
function instantOf({ local, offsetMinutes }: TakenAt): string | null {
  if (offsetMinutes === null) return null
  const instant = new Date(Date.parse(`${local}Z`) - offsetMinutes * 60_000).toISOString()
  return /^(?!0000)\d{4}-/.test(instant) ? instant : null
}
