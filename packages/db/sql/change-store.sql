-- findOwnPassword, one batch
insert into "rate_limits" ("key", "window_seconds", "window_start", "count")
values ($1, $2, $3, $4)
on conflict ("key","window_seconds","window_start") do update
set "count" = "rate_limits"."count" + 1
returning "key", "window_seconds", "window_start", "count";
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "password_hash"
from "users"
where "users"."id" = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz);

-- changePassword, one batch
with changed as (
      update "users" set password_hash = $1
      where ("users"."id" = $2 and "users"."password_hash" = $3 and exists (
  select 1 from sessions where sessions.id = $4 and sessions.user_id = $5::uuid
    and sessions.expires_at > $6::timestamptz))
      returning id, email
    ), way_back as (
insert into "undos" (id, user_id, email, created_at, expires_at)
select $7, id, email, $8::timestamptz, $9::timestamptz from changed)
    select id from changed;
delete
from "sessions"
where ("sessions"."user_id" = $1 and "sessions"."id" <> $2 and exists (select 1 from "undos" where "undos"."id" = $3));

-- changeAddress, one batch
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
    and session_id = $7 and user_id = $8
      and exists (
  select 1 from sessions where sessions.id = $9 and sessions.user_id = $10::uuid
    and sessions.expires_at > $11::timestamptz) and not exists (select 1 from "rate_limits" where ("rate_limits"."key" = $12 and "rate_limits"."window_seconds" = $13 and "rate_limits"."window_start" = $14 and "rate_limits"."count" > $15))
  returning *, consumed_at is not null as is_right
  ), before as (
    select users.id, users.email, attempt.email as new_email from attempt join "users" on users.id = attempt.user_id
    where is_right and not (
exists (select 1 from "users" as holder where holder.email = attempt.email)
or exists (select 1 from "undos" as way_back where way_back.email = attempt.email and way_back.spent_at is null
  and way_back.expires_at > $16::timestamptz))
      and (
  select json_build_object('reason', bans.reason, 'endsAt', bans.ends_at) from bans
  where bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $17::timestamptz) and (bans.address_hash = attempt.address_hash) order by bans.banned_at desc limit 1) is null for update of users
  ), changed as (
    update "users" set email = before.new_email, email_verified_at = $18::timestamptz from before
    where users.id = before.id returning users.name, users.email, before.email as old_email
  ), way_back as (
insert into "undos" (id, user_id, email, created_at, expires_at)
select $19, id, email, $20::timestamptz, $21::timestamptz from before)
  select exists (select 1 from "verifications" where id = $22::uuid and purpose = $23) as is_known, (select is_right from attempt) as is_right,
    changed.name, changed.email, changed.old_email
  from (values (1)) as one left join changed on true;

-- undoChange, one batch
insert into "rate_limits" ("key", "window_seconds", "window_start", "count")
values ($1, $2, $3, $4)
on conflict ("key","window_seconds","window_start") do update
set "count" = "rate_limits"."count" + 1
returning "key", "window_seconds", "window_start", "count";
with spent as (
  update "undos" set spent_at = $1::timestamptz
  where id = $2 and spent_at is null and expires_at > $3::timestamptz and not exists (select 1 from "rate_limits" where ("rate_limits"."key" = $4 and "rate_limits"."window_seconds" = $5 and "rate_limits"."window_start" = $6 and "rate_limits"."count" > $7))
  returning user_id, email
)
update "users" set email = spent.email, password_hash = null from spent where users.id = spent.user_id
returning users.id, users.name, users.email;

      delete
from "sessions" using "undos"
where "undos"."id" = $1 and "undos"."spent_at" = $2::timestamptz and sessions.user_id = undos.user_id;
update "undos" as younger set spent_at = $1::timestamptz from "undos"
where "undos"."id" = $2 and "undos"."spent_at" = $3::timestamptz and younger.user_id = undos.user_id and younger.spent_at is null
  and younger.created_at >= undos.created_at;

-- stepUp, one batch
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
  and session_id = $7 and user_id = $8
    and exists (
select 1 from sessions where sessions.id = $9 and sessions.user_id = $10::uuid
  and sessions.expires_at > $11::timestamptz) and not exists (select 1 from "rate_limits" where ("rate_limits"."key" = $12 and "rate_limits"."window_seconds" = $13 and "rate_limits"."window_start" = $14 and "rate_limits"."count" > $15))
returning *, consumed_at is not null as is_right
  ), stepped as (
    update "sessions" set stepped_up_until = $16::timestamptz
    from attempt join "users" on users.id = attempt.user_id and users.email = attempt.email
    where is_right and sessions.id = attempt.session_id
    returning sessions.id
  )
  select exists (select 1 from "verifications" where id = $17::uuid and purpose = $18) as is_known, (select is_right from attempt) as is_right,
    exists (select 1 from stepped) as stepped_up;
