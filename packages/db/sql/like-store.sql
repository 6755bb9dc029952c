-- addLike, one batch
select 1 from users where id = $1::uuid
or id = (select owner_id from "media" where id = $2::uuid) order by id for key share;
select 1 from "media" where "media"."id" = $1 and ("media"."is_public" or "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $2 and sessions.expires_at > $3::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('viewer', 'contributor', 'admin', 'owner'))) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $4 and sessions.expires_at > $5::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $6 and sessions.expires_at > $7::timestamptz)) for no key update;
with added as (
  insert into "likes" (user_id, media_id, created_at)
  select $1::uuid, id, $2::timestamptz
  from "media" where "media"."id" = $3 and ("media"."is_public" or "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $4 and sessions.expires_at > $5::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('viewer', 'contributor', 'admin', 'owner'))) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $6 and sessions.expires_at > $7::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $8 and sessions.expires_at > $9::timestamptz)) and exists (
select 1 from sessions where sessions.id = $10 and sessions.user_id = $11::uuid
  and sessions.expires_at > $12::timestamptz)
  on conflict (user_id, media_id) do nothing
  returning media_id
), told as (
    insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
    select $13, group_id, $14::uuid, owner_id, media.id, $15::timestamptz from added join media on media.id = added.media_id where owner_id <> $16::uuid
)
update "media" set like_count = like_count + (select count(*) from added)
where "media"."id" = $17 and ("media"."is_public" or "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $18 and sessions.expires_at > $19::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('viewer', 'contributor', 'admin', 'owner'))) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $20 and sessions.expires_at > $21::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $22 and sessions.expires_at > $23::timestamptz)) and exists (
select 1 from sessions where sessions.id = $24 and sessions.user_id = $25::uuid
  and sessions.expires_at > $26::timestamptz)
returning like_count;

-- removeLike, one batch
select 1 from users where id = $1::uuid
or id = (select owner_id from "media" where id = $2::uuid) order by id for key share;
select 1 from "media" where "media"."id" = $1 and ("media"."is_public" or "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $2 and sessions.expires_at > $3::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('viewer', 'contributor', 'admin', 'owner'))) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $4 and sessions.expires_at > $5::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $6 and sessions.expires_at > $7::timestamptz)) for no key update;
with removed as (
  delete from "likes"
  where "likes"."user_id" = $1 and "likes"."media_id" = $2
    and exists (select 1 from "media" where "media"."id" = $3 and ("media"."is_public" or "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $4 and sessions.expires_at > $5::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('viewer', 'contributor', 'admin', 'owner'))) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $6 and sessions.expires_at > $7::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $8 and sessions.expires_at > $9::timestamptz))) and exists (
select 1 from sessions where sessions.id = $10 and sessions.user_id = $11::uuid
  and sessions.expires_at > $12::timestamptz)
  returning media_id
)
update "media" set like_count = like_count - (select count(*) from removed)
where "media"."id" = $13 and ("media"."is_public" or "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $14 and sessions.expires_at > $15::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('viewer', 'contributor', 'admin', 'owner'))) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $16 and sessions.expires_at > $17::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $18 and sessions.expires_at > $19::timestamptz)) and exists (
select 1 from sessions where sessions.id = $20 and sessions.user_id = $21::uuid
  and sessions.expires_at > $22::timestamptz)
returning like_count;

-- findLikedAmong, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "media_id"
from "likes"
where ("likes"."user_id" = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz) and "likes"."media_id" = any($3::uuid[]));
