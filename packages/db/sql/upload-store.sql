-- reserveUploads
insert into "media" (id, owner_id, batch_id, ordinal, file_name, declared_type, declared_bytes, declared_sha256,
  state, incoming_key, created_at)
select file.id, $1::uuid, $2::uuid, file.ordinal, file."fileName",
  file."declaredType", file."declaredBytes", file."declaredSha256", 'reserved', file."incomingKey",
  $3::timestamptz
from jsonb_to_recordset($4::jsonb) as file(id uuid, ordinal smallint, "fileName" text, "declaredType" text,
  "declaredBytes" bigint, "declaredSha256" text, "incomingKey" text)
where exists (select 1 from "sessions" where ("sessions"."id" = $5 and "sessions"."user_id" = $6 and "sessions"."expires_at" > $7))
order by file.ordinal
on conflict (owner_id, batch_id, ordinal) do update set ordinal = excluded.ordinal
returning id, ordinal, state, declared_type, declared_bytes, declared_sha256, incoming_key;

-- findUpload
select "state", "incoming_key", "declared_type", "declared_bytes", "declared_sha256"
from "media"
where (("media"."id" = $1 and "media"."owner_id" = $2) and exists (select 1 from "sessions" where ("sessions"."id" = $3 and "sessions"."user_id" = $4 and "sessions"."expires_at" > $5)));

-- markCancelled, one batch
update "media"
set "state" = $1, "settled_at" = $2
where (("media"."id" = $3 and "media"."owner_id" = $4) and "media"."state" = 'reserved' and exists (select 1 from "sessions" where ("sessions"."id" = $5 and "sessions"."user_id" = $6 and "sessions"."expires_at" > $7)));
select "state"
from "media"
where (("media"."id" = $1 and "media"."owner_id" = $2) and exists (select 1 from "sessions" where ("sessions"."id" = $3 and "sessions"."user_id" = $4 and "sessions"."expires_at" > $5)));

-- findWatched, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id"
where "sessions"."id" = $1;
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."state", "media"."refusal_reason", "media"."declared_type", "media"."detected_type"
from "media"
inner join "users" on "users"."id" = "media"."owner_id"
where ("media"."id" in ($1) and "media"."owner_id" = ((select "user_id" from "sessions" where ("sessions"."id" = $2 and "sessions"."expires_at" > $3))));
