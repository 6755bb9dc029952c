-- enterWithPassword
with known as (
    select id, name, email, ban_id from "users"
    where ("users"."id" = $1 and "users"."password_hash" = $2) for share
  ), account as (
    select id, name, email from known where (known.ban_id is null or exists (
    select 1 from bans where bans.id = known.ban_id and not (bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $3::timestamptz))))
  ), 
replaced as (
  delete from "sessions" using account where sessions.id = $4
), session as (
  insert into "sessions" (id, user_id, expires_at, created_at, last_seen_at, user_agent, country, city)
  select $5, id, $6::timestamptz, $7::timestamptz, $8::timestamptz,
    $9, $10, $11
  from account
), device as (
  insert into "devices" (user_id, id, seen_at) select id, $12, $13::timestamptz from account
  on conflict (user_id, id) do update set seen_at = excluded.seen_at
  -- Zero only for a row that this statement made.
  returning xmax = 0 as is_new
), back as (
  update media set listing = 'listed' from account where media.owner_id = account.id and media.listing = 'withdrawn'
)
  select account.*, device.is_new as is_new_device, account.id is null as is_banned,
    (
  select json_build_object('reason', bans.reason, 'endsAt', bans.ends_at) from bans
  where bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $14::timestamptz) and (bans.id = known.ban_id) order by bans.banned_at desc limit 1) as ban
  from known left join account on true left join device on true;

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
        and (
  select json_build_object('reason', bans.reason, 'endsAt', bans.ends_at) from bans
  where bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $15::timestamptz) and (bans.address_hash = attempt.address_hash) order by bans.banned_at desc limit 1) is null
      on conflict (email) do nothing
      returning id, name, email
    ), 
replaced as (
  delete from "sessions" using account where sessions.id = $16
), session as (
  insert into "sessions" (id, user_id, expires_at, created_at, last_seen_at, user_agent, country, city)
  select $17, id, $18::timestamptz, $19::timestamptz, $20::timestamptz,
    $21, $22, $23
  from account
), device as (
  insert into "devices" (user_id, id, seen_at) select id, $24, $25::timestamptz from account
  on conflict (user_id, id) do update set seen_at = excluded.seen_at
  -- Zero only for a row that this statement made.
  returning xmax = 0 as is_new
), back as (
  update media set listing = 'listed' from account where media.owner_id = account.id and media.listing = 'withdrawn'
)
    
select exists (select 1 from "verifications" where id = $26::uuid and purpose = $27) as is_known, attempt.is_right, attempt.is_right and account.id is null
    and (ban.told is not null or ban.is_there) as is_banned, ban.told as ban,
  account.id, account.name, account.email, (select is_new from device) as is_new_device
from (values (1)) as one left join attempt on true left join account on true left join lateral (select (
  select json_build_object('reason', bans.reason, 'endsAt', bans.ends_at) from bans
  where bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $28::timestamptz) and (bans.address_hash = attempt.address_hash) order by bans.banned_at desc limit 1) as told, false as is_there) as ban on true;

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
    ), known as (
      select users.id, users.name, users.email, users.ban_id from attempt join "users" on users.id = attempt.user_id
        and users.email = attempt.email
      where is_right for share of users
    ), account as (
      select id, name, email from known where (known.ban_id is null or exists (
    select 1 from bans where bans.id = known.ban_id and not (bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $11::timestamptz))))
    ), 
replaced as (
  delete from "sessions" using account where sessions.id = $12
), session as (
  insert into "sessions" (id, user_id, expires_at, created_at, last_seen_at, user_agent, country, city)
  select $13, id, $14::timestamptz, $15::timestamptz, $16::timestamptz,
    $17, $18, $19
  from account
), device as (
  insert into "devices" (user_id, id, seen_at) select id, $20, $21::timestamptz from account
  on conflict (user_id, id) do update set seen_at = excluded.seen_at
  -- Zero only for a row that this statement made.
  returning xmax = 0 as is_new
), back as (
  update media set listing = 'listed' from account where media.owner_id = account.id and media.listing = 'withdrawn'
)
    
select exists (select 1 from "verifications" where id = $22::uuid and purpose = $23) as is_known, attempt.is_right, attempt.is_right and account.id is null
    and (ban.told is not null or ban.is_there) as is_banned, ban.told as ban,
  account.id, account.name, account.email, (select is_new from device) as is_new_device
from (values (1)) as one left join attempt on true left join account on true left join lateral (select (
  select json_build_object('reason', bans.reason, 'endsAt', bans.ends_at) from bans
  where bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $24::timestamptz) and (bans.id = known.ban_id) order by bans.banned_at desc limit 1) as told, not (known.ban_id is null or exists (
    select 1 from bans where bans.id = known.ban_id and not (bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $25::timestamptz)))) as is_there
  from known) as ban on true;

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
    ), known as (
      select users.id, users.ban_id from attempt join "users" on users.id = attempt.user_id
        and users.email = attempt.email
      where is_right for update of users
    ), account as (
      update "users" set password_hash = $11 from known
      where users.id = known.id and (known.ban_id is null or exists (
    select 1 from bans where bans.id = known.ban_id and not (bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $12::timestamptz))))
      returning users.id, users.name, users.email
    ), way_back as (
      insert into "undos" (id, user_id, email, created_at, expires_at)
      select $13, id, email, $14::timestamptz, $15::timestamptz from account
    ), 
replaced as (
  delete from "sessions" using account where sessions.id = $16
), session as (
  insert into "sessions" (id, user_id, expires_at, created_at, last_seen_at, user_agent, country, city)
  select $17, id, $18::timestamptz, $19::timestamptz, $20::timestamptz,
    $21, $22, $23
  from account
), device as (
  insert into "devices" (user_id, id, seen_at) select id, $24, $25::timestamptz from account
  on conflict (user_id, id) do update set seen_at = excluded.seen_at
  -- Zero only for a row that this statement made.
  returning xmax = 0 as is_new
), back as (
  update media set listing = 'listed' from account where media.owner_id = account.id and media.listing = 'withdrawn'
)
    
select exists (select 1 from "verifications" where id = $26::uuid and purpose = $27) as is_known, attempt.is_right, attempt.is_right and account.id is null
    and (ban.told is not null or ban.is_there) as is_banned, ban.told as ban,
  account.id, account.name, account.email, (select is_new from device) as is_new_device
from (values (1)) as one left join attempt on true left join account on true left join lateral (select (
  select json_build_object('reason', bans.reason, 'endsAt', bans.ends_at) from bans
  where bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $28::timestamptz) and (bans.id = known.ban_id) order by bans.banned_at desc limit 1) as told, not (known.ban_id is null or exists (
    select 1 from bans where bans.id = known.ban_id and not (bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $29::timestamptz)))) as is_there
  from known) as ban on true;
delete from "sessions" using "verifications"
where verifications.id = $1 and verifications.purpose = 'reset'
  and verifications.consumed_at = $2::timestamptz
  and sessions.user_id = verifications.user_id and sessions.id <> $3
  and exists (select 1 from "sessions" as fresh where fresh.id = $4);
