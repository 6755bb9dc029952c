-- findAccount, one batch
insert into "rate_limits" ("key", "window_seconds", "window_start", "count")
values ($1, $2, $3, $4)
on conflict ("key","window_seconds","window_start") do update
set "count" = "rate_limits"."count" + 1
returning "key", "window_seconds", "window_start", "count";
select "id", "name", "email", "password_hash"
from "users"
where "users"."email" = $1;

-- writeAttempt
insert into "verifications" ("id", "purpose", "email", "address_hash", "name", "user_id", "session_id", "password_hash", "terms_version", "code_hash", "attempts", "is_decoy", "created_at", "expires_at", "consumed_at") values ($1, $2, $3, $4, $5, default, default, $6, $7, $8, $9, ((
exists (select 1 from "users" as holder where holder.email = $10)
or exists (select 1 from "undos" as way_back where way_back.email = $11 and way_back.spent_at is null
  and way_back.expires_at > $12::timestamptz)) or (
  select json_build_object('reason', bans.reason, 'endsAt', bans.ends_at) from bans
  where bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $13::timestamptz) and (bans.address_hash = $14 or bans.user_id = (select id from users where email = $15)) order by bans.banned_at desc limit 1) is not null), $16, $17, default) returning "is_decoy", (
  select json_build_object('reason', bans.reason, 'endsAt', bans.ends_at) from bans
  where bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $18::timestamptz) and (bans.address_hash = $19 or bans.user_id = (select id from users where email = $20)) order by bans.banned_at desc limit 1);
