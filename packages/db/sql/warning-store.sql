-- warnPerson, one batch
with verdict as (
  select person.id, case
    when person.id = judge.id then 'bans_self'
    when person.role <> 'member' and judge.role <> 'administrator' then 'bans_staff'
    else 'warned' end as outcome
  from users as person, users as judge
  where person.id = $1::uuid and judge.id = $2::uuid and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $3 and "asking"."id" = $4 and "asking"."role" in ($5, $6) and "sessions"."expires_at" > $7 and "sessions"."stepped_up_until" > $8))
), warned as (
  insert into warnings (id, user_id, reason, warned_by, warned_at)
  select $9::uuid, id, $10, $11::uuid, $12::timestamptz from verdict where outcome = 'warned'
  returning user_id
), told as (
  insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
  select $13, null::uuid, user_id, user_id, null::uuid, $14::timestamptz from warned
)
select outcome from verdict;
with closed as (
  update cases set state = $1, decided_by = $2::uuid, decided_at = $3::timestamptz
  where id = $4::uuid and person_id = $5::uuid and state = 'open' and exists (select 1 from warnings where id = $6::uuid)
  returning id
), told as (
    insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
    select $7, null::uuid, reporter_id, reporter_id, null::uuid, $8::timestamptz from reports join closed on closed.id = reports.case_id
)
select id from closed;
with audited as (
insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
select $1::uuid, decode($2, 'hex'), $3::uuid,
  $4, $5::uuid, $6,
  $7::uuid, $8::jsonb, $9::timestamptz
where (select count(*) from warnings where warnings.id = $10::uuid) > 0) select 1;

-- findWaitingWarning, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select id, reason from warnings
where user_id = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz) and acknowledged_at is null
order by warned_at, id limit 1;

-- acknowledgeWarning
update warnings set acknowledged_at = coalesce(acknowledged_at, $1::timestamptz)
where id = $2::uuid and user_id = $3::uuid and exists (
select 1 from sessions where sessions.id = $4 and sessions.user_id = $5::uuid
  and sessions.expires_at > $6::timestamptz)
returning id;
