-- writeCodeForAddress, one batch
insert into "rate_limits" ("key", "window_seconds", "window_start", "count")
values ($1, $2, $3, $4)
on conflict ("key","window_seconds","window_start") do update
set "count" = "rate_limits"."count" + 1
returning "key", "window_seconds", "window_start", "count";
insert into "verifications" (id, purpose, email, name, user_id, is_decoy, code_hash, attempts, created_at, expires_at)
select $1::uuid, $2, $3, coalesce(account.name, ''), account.id, account.id is null,
  $4, 0, $5::timestamptz, $6::timestamptz
from (values (1)) as one left join "users" as account on account.email = $7
where not exists (select 1 from "rate_limits" where ("rate_limits"."key" = $8 and "rate_limits"."window_seconds" = $9 and "rate_limits"."window_start" = $10 and "rate_limits"."count" > $11))
returning name, email, is_decoy;

-- writeStepUpCode, one batch
insert into "rate_limits" ("key", "window_seconds", "window_start", "count")
values ($1, $2, $3, $4)
on conflict ("key","window_seconds","window_start") do update
set "count" = "rate_limits"."count" + 1
returning "key", "window_seconds", "window_start", "count";
insert into "verifications" (id, purpose, user_id, session_id, code_hash, attempts, created_at, expires_at,
  email, name, is_decoy)
select $1::uuid, $2, "users"."id", $3, $4, 0,
  $5::timestamptz, $6::timestamptz, "users"."email", "users"."name", false
from "users"
where "users"."id" = $7 and exists (select 1 from "sessions" where ("sessions"."id" = $8 and "sessions"."user_id" = $9 and "sessions"."expires_at" > $10)) and not exists (select 1 from "rate_limits" where ("rate_limits"."key" = $11 and "rate_limits"."window_seconds" = $12 and "rate_limits"."window_start" = $13 and "rate_limits"."count" > $14))
returning email, name, is_decoy;

-- writeAddressCode
insert into "verifications" (id, purpose, user_id, session_id, code_hash, attempts, created_at, expires_at,
  email, name, is_decoy)
select $1::uuid, $2, "users"."id", $3, $4, 0,
  $5::timestamptz, $6::timestamptz, $7, "users"."name", (
exists (select 1 from "users" as holder where holder.email = $8)
or exists (select 1 from "undos" as way_back where way_back.email = $9 and way_back.spent_at is null
  and way_back.expires_at > $10::timestamptz))
from "users"
where "users"."id" = $11 and exists (select 1 from "sessions" where ("sessions"."id" = $12 and "sessions"."user_id" = $13 and "sessions"."expires_at" > $14)) and "users"."password_hash" = $15
returning email, name, is_decoy;

-- findAttempt, one batch
insert into "rate_limits" ("key", "window_seconds", "window_start", "count")
values ($1, $2, $3, $4)
on conflict ("key","window_seconds","window_start") do update
set "count" = "rate_limits"."count" + 1
returning "key", "window_seconds", "window_start", "count";
select "purpose", "email", "name", "is_decoy", "consumed_at" is not null, "created_at"
from "verifications"
where "verifications"."id" = $1;

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
