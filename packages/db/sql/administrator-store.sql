-- findAccountByEmail, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id"
where "sessions"."id" = $1;
select "id", "name", "email", "plan", "role", "created_at"
from "users"
where "users"."email" = $1;

-- setPlan
update "users" set "plan" = $1 where ("users"."id" = $2 and exists (
select 1 from "sessions" join "users" as asking on asking.id = sessions.user_id
where sessions.id = $3 and asking.id = $4
  and asking.role = 'administrator' and sessions.expires_at > $5::timestamptz
  and sessions.stepped_up_until > $6::timestamptz)) returning "id";

-- setRole
with administrator as (
    select id from "users" where role = 'administrator' order by id for update
  ), kept as (
    select count(*) as others from administrator where id <> $1::uuid
  ), changed as (
    update "users" set role = $2 from kept
    where users.id = $3::uuid and ($4 = 'administrator' or kept.others > 0)
      -- Whoever lost the role while this waited for the lock may not give it away.
      and exists (select 1 from administrator where id = $5::uuid)
      and exists (
select 1 from "sessions" join "users" as asking on asking.id = sessions.user_id
where sessions.id = $6 and asking.id = $7
  and asking.role = 'administrator' and sessions.expires_at > $8::timestamptz
  and sessions.stepped_up_until > $9::timestamptz)
    returning users.id
  )
  select exists (select 1 from "users" where id = $10::uuid) and exists (
select 1 from "sessions" join "users" as asking on asking.id = sessions.user_id
where sessions.id = $11 and asking.id = $12
  and asking.role = 'administrator' and sessions.expires_at > $13::timestamptz
  and sessions.stepped_up_until > $14::timestamptz) as is_there,
    exists (select 1 from changed) as is_changed,
    $15 <> 'administrator' and (select others from kept) = 0 as is_last;
