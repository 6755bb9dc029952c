-- findAccountByEmail, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "id", "name", "email", "plan", "role", "created_at"
from "users"
where "users"."email" = $1;

-- setPlan
with changed as (
    update "users" set plan = $1 where id = $2::uuid and exists (
select 1 from "sessions" join "users" as asking on asking.id = sessions.user_id
where sessions.id = $3 and asking.id = $4
  and asking.role = 'administrator' and sessions.expires_at > $5::timestamptz
  and sessions.stepped_up_until > $6::timestamptz)
    returning id, old.plan as was
  ), audited as (
      insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
      select $7::uuid, decode($8, 'hex'), $9::uuid,
        $10, $11::uuid, $12,
        $13::uuid, jsonb_build_object('from', (select was from changed), 'to', $14::text), $15::timestamptz
      where (select count(*) from changed where was <> $16) > 0
  )
  select id from changed;

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
    returning users.id, old.role as was
  ), audited as (
      insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
      select $10::uuid, decode($11, 'hex'), $12::uuid,
        $13, $14::uuid, $15,
        $16::uuid, jsonb_build_object('from', (select was from changed), 'to', $17::text), $18::timestamptz
      where (select count(*) from changed where was <> $19) > 0
  )
  select exists (select 1 from "users" where id = $20::uuid) and exists (
select 1 from "sessions" join "users" as asking on asking.id = sessions.user_id
where sessions.id = $21 and asking.id = $22
  and asking.role = 'administrator' and sessions.expires_at > $23::timestamptz
  and sessions.stepped_up_until > $24::timestamptz) as is_there,
    exists (select 1 from changed) as is_changed,
    $25 <> 'administrator' and (select others from kept) = 0 as is_last;
