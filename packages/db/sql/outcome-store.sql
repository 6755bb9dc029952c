-- settleMany
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
      and twin.purpose = 'item' and twin.listing not in ('trashed', 'removed', 'withdrawn')
      and coalesce(twin.group_id, twin.owner_id) = arrived.gallery order by twin.id limit 1),
    nullif(first_value(id) over (partition by gallery, sha256, is_once order by id), id)) end as duplicate_of,
    refusal is null and exists (select 1 from known_bad as bad where bad.sha256 = arrived.sha256 and bad.lifted_at is null) as is_blocked,
    ($4::bit varying[])[nth_fingerprint] as hashes
  from arrived
), settling as (
  select *, case when is_kept then bytes else 0 end as quota_bytes, case when alike_to is not null then 'alike'
      when is_kept and (judged.review_first > 0 and (select count(*) from (
    select 1 from media as shown where shown.owner_id = judged.owner_id and shown.is_public limit judged.review_first
  ) as found) < judged.review_first) then 'first_posts' end as held_for
  from judged,
    lateral (select refusal is null and duplicate_of is null and not is_blocked as is_kept) as verdict,
    lateral (select case when is_kept and (select exists (select 1 from known_bad where lifted_at is null))
        then (
    select (array_agg(bad.media_id order by bad.added_at desc))[1] from known_bad as bad
    where bad.lifted_at is null and bad.keys && array(
      select ((place << 18) | substring(substring(judged.hashes from 1 for 256) # mirror from place * 18 + 1 for 18)::bit(18)::int) # flip
      from unnest(array[b'0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000', b'1011010101101010101011010101010101011010101010101010101101010101010101010101011010101010101010101010101011010101010101010101010101010101010101010101010010101010101010101010101010010101010101010101010100101010101010101010010101010101010010101010100101010010', b'1101011010101011010101010101101010101010101011010101010101010101011010101010101010101010101101010101010101010101010101011010101010101010010101010101010101010101010100101010101010101010101010010101010101010101010010101010101010100101010101010010101010010100', b'0110001111000001111110000000111111110000000001111111111000000000001111111111110000000000000111111111111110000000000000001111111111111111000000000000000111111111111110000000000000111111111111000000000001111111111000000000111111110000000111111000001111000110']) as mirror,
        generate_series(0, 3) as place,
        unnest(array[0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072]) as flip) and exists (
      select 1 from generate_series(0, 15) as nth, lateral (
        select substring(bad.hashes from nth * 256 + 1 for 256) # substring(judged.hashes from 1 for 256) as apart) as held
      where least(bit_count(apart), bit_count(apart # b'1011010101101010101011010101010101011010101010101010101101010101010101010101011010101010101010101010101011010101010101010101010101010101010101010101010010101010101010101010101010010101010101010101010100101010101010101010010101010101010010101010100101010010'), bit_count(apart # b'1101011010101011010101010101101010101010101011010101010101010101011010101010101010101010101101010101010101010101010101011010101010101010010101010101010101010101010100101010101010101010101010010101010101010101010010101010101010100101010101010010101010010100'), bit_count(apart # b'0110001111000001111110000000111111110000000001111111111000000000001111111111110000000000000111111111111110000000000000001111111111111111000000000000000111111111111110000000000000111111111111000000000001111111111000000000111111110000000111111000001111000110'))
        <= 58)) end as alike_to offset 0) as looks
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
returning media.id, media.state;
