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
insert into "verifications" ("id", "purpose", "email", "name", "user_id", "session_id", "password_hash", "terms_version", "code_hash", "attempts", "is_decoy", "created_at", "expires_at", "consumed_at") values ($1, $2, $3, $4, default, default, $5, $6, $7, $8, (
exists (select 1 from "users" as holder where holder.email = $9)
or exists (select 1 from "undos" as way_back where way_back.email = $10 and way_back.spent_at is null
  and way_back.expires_at > $11::timestamptz)), $12, $13, default) returning "is_decoy";
