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
insert into "verifications" ("id", "email", "name", "password_hash", "code_hash", "attempts", "is_decoy", "created_at", "expires_at", "consumed_at")
values ($1, $2, $3, $4, $5, $6, exists (select 1 from "users" where "users"."email" = $7), $8, $9, default)
returning "is_decoy";

-- findAttempt, one batch
insert into "rate_limits" ("key", "window_seconds", "window_start", "count")
values ($1, $2, $3, $4)
on conflict ("key","window_seconds","window_start") do update
set "count" = "rate_limits"."count" + 1
returning "key", "window_seconds", "window_start", "count";
select "email", "name", "is_decoy", "consumed_at" is not null, "created_at"
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

-- enterCode, one batch
insert into "rate_limits" ("key", "window_seconds", "window_start", "count")
values ($1, $2, $3, $4)
on conflict ("key","window_seconds","window_start") do update
set "count" = "rate_limits"."count" + 1
returning "key", "window_seconds", "window_start", "count";
with attempt as (
  update "verifications"
  set attempts = attempts + 1,
    consumed_at = case when code_hash = $1 and not is_decoy then $2::timestamptz end
  where "verifications"."id" = $3
    and consumed_at is null and attempts < $4 and expires_at > $5::timestamptz
    and not exists (select 1 from "rate_limits" where ("rate_limits"."key" = $6 and "rate_limits"."window_seconds" = $7 and "rate_limits"."window_start" = $8 and "rate_limits"."count" > $9))
  returning email, name, password_hash, consumed_at is not null as is_right
), account as (
  insert into "users" (id, email, name, password_hash, email_verified_at, created_at)
  select $10::uuid, email, name, password_hash, $11::timestamptz, $12::timestamptz
  from attempt where is_right
  on conflict (email) do nothing
  returning id, name, email
), session as (
  insert into "sessions" (id, user_id, expires_at, created_at, last_seen_at, user_agent)
  select $13, id, $14::timestamptz, $15::timestamptz,
    $16::timestamptz, $17
  from account
)
select exists (select 1 from "verifications" where "verifications"."id" = $18) as is_known,
  (select is_right from attempt) as is_right, account.id, account.name, account.email
from (values (1)) as one left join account on true;
