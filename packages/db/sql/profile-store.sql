-- findProfile, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "id", "name", "email", "phone", "role", "plan", "created_at", "terms_version", "terms_accepted_at", "password_hash" is not null, (select json_build_object('id', avatar.id, 'generation', avatar.generation) from media as avatar
      where avatar.id = users.avatar_id and avatar.owner_id = users.id and avatar.state = 'ready'
        and avatar.listing = 'listed' and avatar.purpose = 'avatar'), (
  select "reason" from "suppressed_addresses" where "address" = "email"
) from "users" where "users"."id" = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz);

-- editProfile
update "users" set "name" = $1, "phone" = $2 where ("users"."id" = $3 and exists (
select 1 from sessions where sessions.id = $4 and sessions.user_id = $5::uuid
  and sessions.expires_at > $6::timestamptz));

-- setAvatar, one batch
update "users" set "avatar_id" = $1 where (("users"."id" = $2 and exists (
select 1 from sessions where sessions.id = $3 and sessions.user_id = $4::uuid
  and sessions.expires_at > $5::timestamptz)) and exists (select 1 from "media" where "media"."id" = $6
and "media"."owner_id" = "users"."id" and "media"."purpose" = 'avatar' and "media"."state" = 'ready'
and "media"."kind" = 'image')) returning "id";
with ending as (
  select id, owner_id, incoming_key, multipart_upload_id, quota_bytes, published_at is not null as was_shown from "media"
  where "media"."owner_id" = $1 and "media"."purpose" = 'avatar' and "media"."state" = 'ready'
        and "media"."id" is distinct from (select avatar_id from "users" where "users"."id" = $2)
        and exists (
  select 1 from sessions where sessions.id = $3 and sessions.user_id = $4::uuid
    and sessions.expires_at > $5::timestamptz) order by id for update
), purse as (
  select user_id from quota_totals
  where user_id = any((select array_agg(owner_id) from ending where quota_bytes > 0)::uuid[])
  order by user_id for update
), total as (
  update quota_totals set bytes = quota_totals.bytes - back.bytes
  from purse join (select owner_id, sum(quota_bytes) as bytes from ending group by owner_id) as back
    on back.owner_id = purse.user_id
  where quota_totals.user_id = purse.user_id
), outbox as (
  insert into deletions (media_id, incoming_key, multipart_upload_id, reason, was_shown, created_at, next_try_at)
  select id, incoming_key, multipart_upload_id, $6, was_shown, $7::timestamptz, $8::timestamptz from ending order by id
  on conflict (media_id, generation) do update set
    reason = excluded.reason, asks = deletions.asks + 1, attempts = 0,
    created_at = excluded.created_at, next_try_at = excluded.next_try_at,
    incoming_key = coalesce(excluded.incoming_key, deletions.incoming_key),
    multipart_upload_id = coalesce(excluded.multipart_upload_id, deletions.multipart_upload_id),
    was_shown = deletions.was_shown or excluded.was_shown,
    gone_at = null, invalidation_id = null, invalidated_at = null, done_at = null)
delete from media using ending where media.id = ending.id
returning media.id;

-- keepAcceptedTerms
update "users" set "terms_version" = $1, "terms_accepted_at" = $2 where ("users"."id" = $3 and exists (
select 1 from sessions where sessions.id = $4 and sessions.user_id = $5::uuid
  and sessions.expires_at > $6::timestamptz));
