-- addBlock, one batch
insert into "rate_limits" ("key", "window_seconds", "window_start", "count")
values ($1, $2, $3, $4)
on conflict ("key","window_seconds","window_start") do update
set "count" = "rate_limits"."count" + 1
returning "key", "window_seconds", "window_start", "count";
insert into blocks (blocker_id, blocked_id, created_at)
  select $1::uuid, id, $2::timestamptz from users where id = $3::uuid and id <> $4::uuid
    and exists (
select 1 from sessions where sessions.id = $5 and sessions.user_id = $6::uuid
  and sessions.expires_at > $7::timestamptz) and not exists (select 1 from "rate_limits" where ("rate_limits"."key" = $8 and "rate_limits"."window_seconds" = $9 and "rate_limits"."window_start" = $10 and "rate_limits"."count" > $11))
    and (select count(*) from blocks where blocker_id = $12::uuid) < $13
  on conflict (blocker_id, blocked_id) do nothing;
select exists (select 1 from users where id = $1::uuid) as is_there,
exists (select 1 from blocks where blocker_id = $2::uuid and blocked_id = $3::uuid) as is_blocked;

-- removeBlock
delete from "blocks" where ("blocks"."blocker_id" = $1 and "blocks"."blocked_id" = $2 and exists (
select 1 from sessions where sessions.id = $3 and sessions.user_id = $4::uuid
  and sessions.expires_at > $5::timestamptz));

-- findBlocked, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "users"."id", "users"."name", (select json_build_object('id', avatar.id, 'generation', avatar.generation) from media as avatar
where avatar.id = users.avatar_id and avatar.owner_id = users.id and avatar.state = 'ready'
  and avatar.listing = 'listed' and avatar.purpose = 'avatar'), "blocks"."created_at" from "blocks" inner join "users" on "users"."id" = "blocks"."blocked_id" where "blocks"."blocker_id" = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz) order by "blocks"."created_at" desc, "blocks"."blocked_id" desc limit $3;
