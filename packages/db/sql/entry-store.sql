-- enterWithPassword
with account as (
    select id, name, email from "users"
    where ("users"."id" = $1 and "users"."password_hash" = $2) for share
  ), 
replaced as (
  delete from "sessions" using account where sessions.id = $3
), session as (
  insert into "sessions" (id, user_id, expires_at, created_at, last_seen_at, user_agent, country, city)
  select $4, id, $5::timestamptz, $6::timestamptz, $7::timestamptz,
    $8, $9, $10
  from account
), device as (
  insert into "devices" (user_id, id, seen_at) select id, $11, $12::timestamptz from account
  on conflict (user_id, id) do update set seen_at = excluded.seen_at
  -- Zero only for a row that this statement made.
  returning xmax = 0 as is_new
)
  select account.*, device.is_new as is_new_device from account, device;

-- enterWithSignUpCode, one batch
insert into "rate_limits" ("key", "window_seconds", "window_start", "count")
values ($1, $2, $3, $4)
on conflict ("key","window_seconds","window_start") do update
set "count" = "rate_limits"."count" + 1
returning "key", "window_seconds", "window_start", "count";
with attempt as (
  update "verifications"
  set attempts = attempts + 1,
    consumed_at = case when code_hash = $1 and not is_decoy then $2::timestamptz end
  where id = $3::uuid and purpose = $4
    and consumed_at is null and attempts < $5 and expires_at > $6::timestamptz
     and not exists (select 1 from "rate_limits" where ("rate_limits"."key" = $7 and "rate_limits"."window_seconds" = $8 and "rate_limits"."window_start" = $9 and "rate_limits"."count" > $10))
  returning *, consumed_at is not null as is_right
    ), account as (
      insert into "users" (id, email, name, password_hash, email_verified_at, created_at, terms_version, terms_accepted_at)
      select $11::uuid, email, name, password_hash, $12::timestamptz, $13::timestamptz,
        terms_version, created_at
      from attempt where is_right and not (
exists (select 1 from "users" as holder where holder.email = attempt.email)
or exists (select 1 from "undos" as way_back where way_back.email = attempt.email and way_back.spent_at is null
  and way_back.expires_at > $14::timestamptz))
      on conflict (email) do nothing
      returning id, name, email
    ), 
replaced as (
  delete from "sessions" using account where sessions.id = $15
), session as (
  insert into "sessions" (id, user_id, expires_at, created_at, last_seen_at, user_agent, country, city)
  select $16, id, $17::timestamptz, $18::timestamptz, $19::timestamptz,
    $20, $21, $22
  from account
), device as (
  insert into "devices" (user_id, id, seen_at) select id, $23, $24::timestamptz from account
  on conflict (user_id, id) do update set seen_at = excluded.seen_at
  -- Zero only for a row that this statement made.
  returning xmax = 0 as is_new
)
    
select exists (select 1 from "verifications" where id = $25::uuid and purpose = $26) as is_known, (select is_right from attempt) as is_right,
  account.id, account.name, account.email, (select is_new from device) as is_new_device
from (values (1)) as one left join account on true;

-- enterWithCode, one batch
insert into "rate_limits" ("key", "window_seconds", "window_start", "count")
values ($1, $2, $3, $4)
on conflict ("key","window_seconds","window_start") do update
set "count" = "rate_limits"."count" + 1
returning "key", "window_seconds", "window_start", "count";
with attempt as (
  update "verifications"
  set attempts = attempts + 1,
    consumed_at = case when code_hash = $1 and not is_decoy then $2::timestamptz end
  where id = $3::uuid and purpose = $4
    and consumed_at is null and attempts < $5 and expires_at > $6::timestamptz
     and not exists (select 1 from "rate_limits" where ("rate_limits"."key" = $7 and "rate_limits"."window_seconds" = $8 and "rate_limits"."window_start" = $9 and "rate_limits"."count" > $10))
  returning *, consumed_at is not null as is_right
    ), account as (
      select users.id, users.name, users.email from attempt join "users" on users.id = attempt.user_id
        and users.email = attempt.email
      where is_right for share of users
    ), 
replaced as (
  delete from "sessions" using account where sessions.id = $11
), session as (
  insert into "sessions" (id, user_id, expires_at, created_at, last_seen_at, user_agent, country, city)
  select $12, id, $13::timestamptz, $14::timestamptz, $15::timestamptz,
    $16, $17, $18
  from account
), device as (
  insert into "devices" (user_id, id, seen_at) select id, $19, $20::timestamptz from account
  on conflict (user_id, id) do update set seen_at = excluded.seen_at
  -- Zero only for a row that this statement made.
  returning xmax = 0 as is_new
)
    
select exists (select 1 from "verifications" where id = $21::uuid and purpose = $22) as is_known, (select is_right from attempt) as is_right,
  account.id, account.name, account.email, (select is_new from device) as is_new_device
from (values (1)) as one left join account on true;

-- resetPassword, one batch
insert into "rate_limits" ("key", "window_seconds", "window_start", "count")
values ($1, $2, $3, $4)
on conflict ("key","window_seconds","window_start") do update
set "count" = "rate_limits"."count" + 1
returning "key", "window_seconds", "window_start", "count";
with attempt as (
  update "verifications"
  set attempts = attempts + 1,
    consumed_at = case when code_hash = $1 and not is_decoy then $2::timestamptz end
  where id = $3::uuid and purpose = $4
    and consumed_at is null and attempts < $5 and expires_at > $6::timestamptz
     and not exists (select 1 from "rate_limits" where ("rate_limits"."key" = $7 and "rate_limits"."window_seconds" = $8 and "rate_limits"."window_start" = $9 and "rate_limits"."count" > $10))
  returning *, consumed_at is not null as is_right
    ), account as (
      update "users" set password_hash = $11 from attempt
      where users.id = attempt.user_id and users.email = attempt.email and is_right
      returning users.id, users.name, users.email
    ), way_back as (
      insert into "undos" (id, user_id, email, created_at, expires_at)
      select $12, id, email, $13::timestamptz, $14::timestamptz from account
    ), 
replaced as (
  delete from "sessions" using account where sessions.id = $15
), session as (
  insert into "sessions" (id, user_id, expires_at, created_at, last_seen_at, user_agent, country, city)
  select $16, id, $17::timestamptz, $18::timestamptz, $19::timestamptz,
    $20, $21, $22
  from account
), device as (
  insert into "devices" (user_id, id, seen_at) select id, $23, $24::timestamptz from account
  on conflict (user_id, id) do update set seen_at = excluded.seen_at
  -- Zero only for a row that this statement made.
  returning xmax = 0 as is_new
)
    
select exists (select 1 from "verifications" where id = $25::uuid and purpose = $26) as is_known, (select is_right from attempt) as is_right,
  account.id, account.name, account.email, (select is_new from device) as is_new_device
from (values (1)) as one left join account on true;
delete from "sessions" using "verifications"
where verifications.id = $1 and verifications.purpose = 'reset'
  and verifications.consumed_at = $2::timestamptz
  and sessions.user_id = verifications.user_id and sessions.id <> $3
  and exists (select 1 from "sessions" as fresh where fresh.id = $4);
