-- settleMany
with locked as (
  select id, owner_id, incoming_key from media
  where id = any($1::uuid[]) and state = 'reserved'
  order by id for update
)
update media set
  state = outcome.state, settled_at = outcome.inspected_at, refusal_reason = outcome.refusal_reason,
  detected_type = outcome.detected_type, type = outcome.type, kind = outcome.kind, bytes = outcome.bytes,
  sha256 = outcome.sha256, generation = outcome.generation, width_px = outcome.width_px,
  height_px = outcome.height_px, thumbhash = outcome.thumbhash, dominant_color = outcome.dominant_color,
  taken_local = outcome.taken_local, taken_offset_minutes = outcome.taken_offset_minutes,
  taken_at = outcome.taken_at, taken_source = outcome.taken_source,
  is_cut_to_first_frame = coalesce(outcome.is_cut_to_first_frame, false), derivatives = outcome.derivatives,
  published_at = case when outcome.state = 'ready' then outcome.inspected_at end
from locked join json_to_recordset($2::json) as outcome (
  media_id uuid, owner_id uuid, incoming_key text, inspected_at timestamptz, state text,
  refusal_reason text, detected_type text, type text, kind text, bytes bigint, sha256 text, generation text,
  width_px int, height_px int, thumbhash text, dominant_color text, taken_local text, taken_offset_minutes int,
  taken_at timestamptz, taken_source text, is_cut_to_first_frame boolean, derivatives jsonb
) on outcome.media_id = locked.id
  and outcome.owner_id = locked.owner_id and outcome.incoming_key = locked.incoming_key
where media.id = locked.id
returning media.id;
