-- findLeavings, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select count(*)::int, coalesce(sum("bytes"), 0)
from "media"
where ("media"."owner_id" = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz) and "media"."state" = 'ready' and "media"."purpose" = 'item');
select groups.id, groups.name, groups.member_count, mine.role = 'owner' as is_owned,
  (select count(*)::int from media where group_id = groups.id and owner_id = mine.user_id and is_in_gallery)
    as item_count,
  successor.id as successor_id, successor.name as successor_name
from memberships as mine join groups on groups.id = mine.group_id
  left join lateral (
    select users.id, users.name from memberships as next join users on users.id = next.user_id
    where mine.role = 'owner' and next.group_id = mine.group_id and next.user_id <> mine.user_id
    order by exists (
  select 1 from users as banned join bans on bans.id = banned.ban_id
  where banned.id = next.user_id and bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $1::timestamptz)), array_position(array['viewer', 'contributor', 'admin', 'owner'], next.role) desc, next.joined_at, next.user_id limit 1
  ) as successor on true
where mine.user_id = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz) order by groups.name, groups.id;
