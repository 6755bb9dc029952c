-- writeCodeForAddress, one batch
insert into "rate_limits" ("key", "window_seconds", "window_start", "count")
values ($1, $2, $3, $4)
on conflict ("key","window_seconds","window_start") do update
set "count" = "rate_limits"."count" + 1
returning "key", "window_seconds", "window_start", "count";
insert into "verifications" (id, purpose, email, address_hash, name, user_id, is_decoy, code_hash, attempts,
    created_at, expires_at)
  select $1::uuid, $2, $3, $4, coalesce(account.name, ''), account.id,
    account.id is null or (
select json_build_object('reason', bans.reason, 'endsAt', bans.ends_at) from bans
where bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $5::timestamptz) and (bans.address_hash = $6 or bans.user_id = account.id) order by bans.banned_at desc limit 1) is not null, $7, 0, $8::timestamptz, $9::timestamptz
  from (values (1)) as one left join "users" as account on account.email = $10
  where not exists (select 1 from "rate_limits" where ("rate_limits"."key" = $11 and "rate_limits"."window_seconds" = $12 and "rate_limits"."window_start" = $13 and "rate_limits"."count" > $14))
  returning name, email, is_decoy, (
select json_build_object('reason', bans.reason, 'endsAt', bans.ends_at) from bans
where bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $15::timestamptz) and (bans.address_hash = verifications.address_hash or bans.user_id = verifications.user_id) order by bans.banned_at desc limit 1) as ban;

-- writeStepUpCode, one batch
insert into "rate_limits" ("key", "window_seconds", "window_start", "count")
values ($1, $2, $3, $4)
on conflict ("key","window_seconds","window_start") do update
set "count" = "rate_limits"."count" + 1
returning "key", "window_seconds", "window_start", "count";
insert into "verifications" (id, purpose, user_id, session_id, code_hash, attempts, created_at, expires_at,
  email, address_hash, name, is_decoy)
select $1::uuid, $2, "users"."id", $3, $4, 0,
  $5::timestamptz, $6::timestamptz, "users"."email", null, "users"."name", false
from "users"
where "users"."id" = $7 and exists (
  select 1 from sessions where sessions.id = $8 and sessions.user_id = $9::uuid
    and sessions.expires_at > $10::timestamptz) and not exists (select 1 from "rate_limits" where ("rate_limits"."key" = $11 and "rate_limits"."window_seconds" = $12 and "rate_limits"."window_start" = $13 and "rate_limits"."count" > $14))
returning email, name, is_decoy, (
  select json_build_object('reason', bans.reason, 'endsAt', bans.ends_at) from bans
  where bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $15::timestamptz) and (bans.address_hash = verifications.address_hash or bans.user_id = verifications.user_id) order by bans.banned_at desc limit 1) as ban;

-- writeAddressCode
insert into "verifications" (id, purpose, user_id, session_id, code_hash, attempts, created_at, expires_at,
  email, address_hash, name, is_decoy)
select $1::uuid, $2, "users"."id", $3, $4, 0,
  $5::timestamptz, $6::timestamptz, $7, $8, "users"."name", (
exists (select 1 from "users" as holder where holder.email = $9)
or exists (select 1 from "undos" as way_back where way_back.email = $10 and way_back.spent_at is null
  and way_back.expires_at > $11::timestamptz)) or (
  select json_build_object('reason', bans.reason, 'endsAt', bans.ends_at) from bans
  where bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $12::timestamptz) and (bans.address_hash = $13) order by bans.banned_at desc limit 1) is not null
from "users"
where "users"."id" = $14 and exists (
  select 1 from sessions where sessions.id = $15 and sessions.user_id = $16::uuid
    and sessions.expires_at > $17::timestamptz) and "users"."password_hash" = $18
returning email, name, is_decoy, (
  select json_build_object('reason', bans.reason, 'endsAt', bans.ends_at) from bans
  where bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $19::timestamptz) and (bans.address_hash = verifications.address_hash or bans.user_id = verifications.user_id) order by bans.banned_at desc limit 1) as ban;

-- findAttempt, one batch
insert into "rate_limits" ("key", "window_seconds", "window_start", "count")
values ($1, $2, $3, $4)
on conflict ("key","window_seconds","window_start") do update
set "count" = "rate_limits"."count" + 1
returning "key", "window_seconds", "window_start", "count";
select "purpose", "email", "name", "is_decoy", "consumed_at" is not null, "created_at", (
select json_build_object('reason', bans.reason, 'endsAt', bans.ends_at) from bans
where bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $1::timestamptz) and (bans.address_hash = verifications.address_hash or bans.user_id = verifications.user_id) order by bans.banned_at desc limit 1) from "verifications" where "verifications"."id" = $2;

-- renewCode, one batch
insert into "rate_limits" ("key", "window_seconds", "window_start", "count")
values ($1, $2, $3, $4)
on conflict ("key","window_seconds","window_start") do update
set "count" = "rate_limits"."count" + 1
returning "key", "window_seconds", "window_start", "count";
update "verifications"
set "code_hash" = $1, "attempts" = $2, "expires_at" = $3
where ("verifications"."id" = $4 and "verifications"."consumed_at" is null and not exists (select 1 from "rate_limits" where ("rate_limits"."key" = $5 and "rate_limits"."window_seconds" = $6 and "rate_limits"."window_start" = $7 and "rate_limits"."count" > $8)))
returning "id";
