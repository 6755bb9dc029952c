-- findNotifications, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "notifications"."id", "notifications"."kind", "notifications"."count", "notifications"."last_at", "notifications"."read_at" is not null, "notifications"."group_id", "groups"."name", "memberships"."role", "users"."id", "users"."name", (select json_build_object('id', avatar.id, 'generation', avatar.generation) from media as avatar
where avatar.id = users.avatar_id and avatar.owner_id = users.id and avatar.state = 'ready'
  and avatar.listing = 'listed' and avatar.purpose = 'avatar'), "media"."id" from "notifications" inner join "users" on "users"."id" = "notifications"."actor_id" left join "groups" on "groups"."id" = "notifications"."group_id" left join "memberships" on ("memberships"."group_id" = "notifications"."group_id" and "memberships"."user_id" = "notifications"."user_id") left join "media" on ("media"."id" = "notifications"."media_id" and ("media"."is_public" or "media"."is_in_gallery" and "media"."group_id" = "notifications"."group_id")) where 
"notifications"."user_id" = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz)
and ("notifications"."group_id" is null or "notifications"."kind" = 'removed' or exists (
  select 1 from memberships as mine where mine.group_id = "notifications"."group_id"
    and mine.user_id = "notifications"."user_id"))
and ("notifications"."kind" not in ('items_added', 'commented', 'liked') or "notifications"."actor_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $3 and sessions.expires_at > $4::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $5 and sessions.expires_at > $6::timestamptz))) order by "notifications"."last_at" desc, "notifications"."id" desc limit $7;

-- countUnread, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select count(*)::int from "notifications" where (
"notifications"."user_id" = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz)
and ("notifications"."group_id" is null or "notifications"."kind" = 'removed' or exists (
  select 1 from memberships as mine where mine.group_id = "notifications"."group_id"
    and mine.user_id = "notifications"."user_id"))
and ("notifications"."kind" not in ('items_added', 'commented', 'liked') or "notifications"."actor_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $3 and sessions.expires_at > $4::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $5 and sessions.expires_at > $6::timestamptz))) and "notifications"."read_at" is null);

-- markRead
update "notifications" set "read_at" = $1 where ("notifications"."user_id" = $2::uuid and "notifications"."last_at" <= $3::timestamptz and "notifications"."read_at" is null and exists (
select 1 from sessions where sessions.id = $4 and sessions.user_id = $5::uuid
  and sessions.expires_at > $6::timestamptz));
