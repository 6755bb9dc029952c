-- findSending, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "id", "state", "incoming_key", "declared_type", "declared_bytes", "declared_sha256", "multipart_upload_id"
from "media"
where ("media"."id" = $1 and "media"."owner_id" = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz));

-- keepMultipart
update "media" set "multipart_upload_id" = coalesce("media"."multipart_upload_id", $1) where (("media"."id" = $2 and "media"."owner_id" = $3) and "media"."state" = 'reserved' and exists (
select 1 from sessions where sessions.id = $4 and sessions.user_id = $5::uuid
  and sessions.expires_at > $6::timestamptz)) returning "multipart_upload_id";

-- forgetMultipart
update "media" set "multipart_upload_id" = $1 where (("media"."id" = $2 and "media"."owner_id" = $3) and "media"."multipart_upload_id" = $4 and "media"."state" = 'reserved' and exists (
select 1 from sessions where sessions.id = $5 and sessions.user_id = $6::uuid
  and sessions.expires_at > $7::timestamptz));

-- findUpload
select "state", "incoming_key", "declared_type", "declared_bytes", "declared_sha256" from "media" where (("media"."id" = $1 and "media"."owner_id" = $2) and exists (
select 1 from sessions where sessions.id = $3 and sessions.user_id = $4::uuid
  and sessions.expires_at > $5::timestamptz));

-- markCancelled, one batch
with ending as (
  select id, owner_id, quota_bytes, quota_day, null as incoming_key, null as multipart_upload_id, false as was_shown from "media"
  where ("media"."id" = $1 and "media"."owner_id" = $2) and exists (
  select 1 from sessions where sessions.id = $3 and sessions.user_id = $4::uuid
    and sessions.expires_at > $5::timestamptz) and "media"."state" = 'reserved'
  order by id for update
), purse as (
  select user_id from quota_totals
  where user_id = any((select array_agg(owner_id) from ending where quota_bytes > 0)::uuid[])
  order by user_id for update
), total as (
  update quota_totals set bytes = quota_totals.bytes - back.bytes
  from purse join (select owner_id, sum(quota_bytes) as bytes from ending group by owner_id) as back
    on back.owner_id = purse.user_id
  where quota_totals.user_id = purse.user_id
), today as (
  update quota_days set bytes = quota_days.bytes - back.bytes
  from purse join (select owner_id, quota_day, sum(quota_bytes) as bytes from ending group by owner_id, quota_day)
    as back on back.owner_id = purse.user_id
  where quota_days.user_id = purse.user_id and quota_days.day = back.quota_day
)
update media set state = $6, refusal_reason = $7, quota_bytes = 0,
  settled_at = $8::timestamptz
from ending where media.id = ending.id
returning media.id;
select "state", "incoming_key", "multipart_upload_id" from "media" where (("media"."id" = $1 and "media"."owner_id" = $2) and exists (
select 1 from sessions where sessions.id = $3 and sessions.user_id = $4::uuid
  and sessions.expires_at > $5::timestamptz));

-- findWatched, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."caption", "media"."alt_text", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play", "media"."state", "media"."listing", "media"."refusal_reason", "media"."duplicate_of", "media"."declared_type", "media"."detected_type"
from "media"
inner join "users" on "users"."id" = "media"."owner_id"
where ("media"."id" = any($1::uuid[]) and "media"."owner_id" = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz));
