-- findMembership, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "group_id", "role", "joined_at", "seen_at", "notifications"
from "memberships"
where ("memberships"."group_id" = $1 and "memberships"."user_id" = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz));

-- findMembers, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "group_id", "role", "joined_at", "seen_at", "notifications"
from "memberships"
where ("memberships"."group_id" = $1 and "memberships"."user_id" = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz));
select "users"."id", "users"."name", (select json_build_object('id', avatar.id, 'generation', avatar.generation) from media as avatar
  where avatar.id = users.avatar_id and avatar.owner_id = users.id and avatar.state = 'ready'
    and avatar.listing = 'listed' and avatar.purpose = 'avatar'), "memberships"."role", "memberships"."joined_at", case when "memberships"."user_id" = any(array(select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $3 and sessions.expires_at > $4::timestamptz))) then 0 else coalesce("count", 0) end, exists (
      select 1 from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $5 and sessions.expires_at > $6::timestamptz) and blocked_id = "memberships"."user_id") from "memberships" inner join "users" on "users"."id" = "memberships"."user_id" left join (select "owner_id", count(*) as "count" from "media" where ("media"."group_id" = $7 and "media"."is_in_gallery") group by "media"."owner_id") "added" on "added"."owner_id" = "memberships"."user_id" where ("memberships"."group_id" = $8 and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $9 and sessions.expires_at > $10::timestamptz and mine.group_id = $11::uuid
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')) and (exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $12 and sessions.expires_at > $13::timestamptz and mine.group_id = $14::uuid
  and mine.role in ('admin', 'owner')) or "memberships"."user_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $15 and sessions.expires_at > $16::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $17 and sessions.expires_at > $18::timestamptz)))) order by array_position(array['viewer', 'contributor', 'admin', 'owner'], "memberships"."role") desc, "memberships"."joined_at" asc, "memberships"."user_id" asc;

-- setNotifications
update "memberships" set "notifications" = $1 where (("memberships"."group_id" = $2 and "memberships"."user_id" = $3) and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $4 and sessions.expires_at > $5::timestamptz and mine.group_id = $6::uuid
  and mine.role in ('viewer', 'contributor', 'admin', 'owner'))) returning "role";

-- markSeen
update "memberships" set "seen_at" = greatest("memberships"."seen_at", $1::timestamptz) where (("memberships"."group_id" = $2 and "memberships"."user_id" = $3) and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $4 and sessions.expires_at > $5::timestamptz and mine.group_id = $6::uuid
  and mine.role in ('viewer', 'contributor', 'admin', 'owner'))) returning "role";
