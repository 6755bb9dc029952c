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
      and ($5 = 'member' or (users.ban_id is null or exists (
    select 1 from bans where bans.id = users.ban_id and not (bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $6::timestamptz)))))
      -- Whoever lost the role while this waited for the lock may not give it away.
      and exists (select 1 from administrator where id = $7::uuid)
      and exists (
select 1 from "sessions" join "users" as asking on asking.id = sessions.user_id
where sessions.id = $8 and asking.id = $9
  and asking.role = 'administrator' and sessions.expires_at > $10::timestamptz
  and sessions.stepped_up_until > $11::timestamptz)
    returning users.id, old.role as was
  ), audited as (
      insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
      select $12::uuid, decode($13, 'hex'), $14::uuid,
        $15, $16::uuid, $17,
        $18::uuid, jsonb_build_object('from', (select was from changed), 'to', $19::text), $20::timestamptz
      where (select count(*) from changed where was <> $21) > 0
  )
  select exists (select 1 from "users" where id = $22::uuid) and exists (
select 1 from "sessions" join "users" as asking on asking.id = sessions.user_id
where sessions.id = $23 and asking.id = $24
  and asking.role = 'administrator' and sessions.expires_at > $25::timestamptz
  and sessions.stepped_up_until > $26::timestamptz) as is_there,
    exists (select 1 from changed) as is_changed,
    $27 <> 'administrator' and (select others from kept) = 0 as is_last;
