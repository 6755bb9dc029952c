-- settleMany
with outcomes as (
  select * from jsonb_to_recordset($1::jsonb) as (
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
returning media.id;
