-- findComments, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $1 and sessions.expires_at > $2::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('admin', 'owner')) from "media" where ("media"."id" = $3 and "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $4 and sessions.expires_at > $5::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $6 and sessions.expires_at > $7::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $8 and sessions.expires_at > $9::timestamptz)));
select "comments"."id", "comments"."text", "comments"."created_at", "users"."id", "users"."name", (select json_build_object('id', avatar.id, 'generation', avatar.generation) from media as avatar
  where avatar.id = users.avatar_id and avatar.owner_id = users.id and avatar.state = 'ready'
    and avatar.listing = 'listed' and avatar.purpose = 'avatar') from "comments" inner join "media" on "media"."id" = "comments"."media_id" inner join "users" on "users"."id" = "comments"."author_id" where ("comments"."media_id" = $1 and "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $2 and sessions.expires_at > $3::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $4 and sessions.expires_at > $5::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $6 and sessions.expires_at > $7::timestamptz)) and "comments"."author_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $8 and sessions.expires_at > $9::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $10 and sessions.expires_at > $11::timestamptz)) and "comments"."id" < $12) order by "comments"."id" desc limit $13;

-- addComment, one batch
update groups set active_at = greatest(active_at, $1::timestamptz)
  where id = (select group_id from "media" where id = $2::uuid and "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $3 and sessions.expires_at > $4::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $5 and sessions.expires_at > $6::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $7 and sessions.expires_at > $8::timestamptz)));
select 1 from media where id = $1::uuid and "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $2 and sessions.expires_at > $3::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $4 and sessions.expires_at > $5::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $6 and sessions.expires_at > $7::timestamptz)) for no key update;
with added as (
    insert into "comments" (id, media_id, author_id, text, created_at)
    select $1::uuid, id, $2::uuid, $3, $4::timestamptz
    from "media" where id = $5::uuid and "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $6 and sessions.expires_at > $7::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $8 and sessions.expires_at > $9::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $10 and sessions.expires_at > $11::timestamptz))
    returning media_id
  ), told as (
    insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
    select $12, group_id, $13::uuid, owner_id, media.id, $14::timestamptz from added join media on media.id = added.media_id where owner_id <> $15::uuid
  )
  update "media" set comment_count = comment_count + 1 from added where media.id = added.media_id
  returning media.comment_count - (
    select count(*) from comments as said where said.media_id = media.id and said.author_id = any(array(select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $16 and sessions.expires_at > $17::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $18 and sessions.expires_at > $19::timestamptz)))) as comment_count;

-- removeComment, one batch
select 1 from media where id = (select media_id from comments where comments.id = $1::uuid and exists (
select 1 from sessions where sessions.id = $2 and sessions.user_id = $3::uuid
  and sessions.expires_at > $4::timestamptz)) for no key update;
with gone as (
  delete from "comments" using "media"
  where comments.id = $1::uuid and media.id = comments.media_id and exists (
select 1 from sessions where sessions.id = $2 and sessions.user_id = $3::uuid
  and sessions.expires_at > $4::timestamptz)
    and (comments.author_id = $5::uuid or exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $6 and sessions.expires_at > $7::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('admin', 'owner')))
  returning comments.media_id, comments.author_id, media.group_id
), audited as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select $8::uuid, decode($9, 'hex'), (select group_id from gone),
      $10, $11::uuid, $12,
      $13::uuid, (select jsonb_build_object('author', author_id, 'item', media_id) from gone), $14::timestamptz
    where (select count(*) from gone where author_id <> $15::uuid) > 0
)
update "media" set comment_count = comment_count - 1 from gone where media.id = gone.media_id
returning media.id;
