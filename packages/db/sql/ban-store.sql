-- banPerson, one batch
select 1 from groups where id in (select group_id from memberships where user_id = $1::uuid)
order by id for no key update;
with administrator as (
  select id from users where role = 'administrator' and (users.ban_id is null or exists (
  select 1 from bans where bans.id = users.ban_id and not (bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $1::timestamptz)))) order by id for update
), judge as (
  select judge.id, exists (select 1 from administrator where administrator.id = judge.id) as is_administrator
  from users as judge where judge.id = $2::uuid and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $3 and "asking"."id" = $4 and "asking"."role" in ($5, $6) and "sessions"."expires_at" > $7 and "sessions"."stepped_up_until" > $8))
), person as (
  select id, email, role, ban_id from users where id = $9::uuid for update
), verdict as (
  select person.*, case
    when person.email <> $10 then 'not_found'
    when person.id = judge.id then 'bans_self'
    when person.role <> 'member' and not judge.is_administrator then 'bans_staff'
    when not (person.ban_id is null or exists (
  select 1 from bans where bans.id = person.ban_id and not (bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $11::timestamptz)))) then 'already_banned'
    else 'banned' end as outcome
  from person, judge
), pronounced as (
  insert into bans (id, user_id, address_hash, reason, items, banned_by, banned_at, ends_at)
  select $12::uuid, verdict.id, $13, $14, $15, $16::uuid,
    $17::timestamptz, $18::timestamptz
  from verdict where outcome = 'banned'
  returning id, user_id
), kept_out as (
  update users set ban_id = pronounced.id, role = 'member' from pronounced where users.id = pronounced.user_id
)
select outcome from verdict;
delete
from sessions
where user_id = $1::uuid and exists (select 1 from bans where id = $2::uuid);
update memberships as mine set role = 'admin'
where mine.user_id = $1::uuid and mine.role = 'owner' and exists (select 1 from bans where id = $2::uuid) and exists (
  select next.user_id from memberships as next
  where next.group_id = mine.group_id and next.user_id <> mine.user_id and not exists (
select 1 from users as banned join bans on bans.id = banned.ban_id
where banned.id = next.user_id and bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $3::timestamptz))
  order by array_position(array['viewer', 'contributor', 'admin', 'owner'], next.role) desc, next.joined_at, next.user_id limit 1);
with heir as (
  select mine.group_id, (
    select next.user_id from memberships as next
    where next.group_id = mine.group_id and next.user_id <> mine.user_id and not exists (
  select 1 from users as banned join bans on bans.id = banned.ban_id
  where banned.id = next.user_id and bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $1::timestamptz))
    order by array_position(array['viewer', 'contributor', 'admin', 'owner'], next.role) desc, next.joined_at, next.user_id limit 1) as user_id from memberships as mine
  where mine.user_id = $2::uuid and exists (select 1 from bans where id = $3::uuid) and not exists (
    select 1 from memberships as owner where owner.group_id = mine.group_id and owner.role = 'owner')
), promoted as (
  update memberships set role = 'owner' from heir
  where memberships.group_id = heir.group_id and memberships.user_id = heir.user_id
  returning memberships.group_id, memberships.user_id
), told as (
    insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
    select $4, group_id, $5::uuid, user_id, null::uuid, $6::timestamptz from promoted
)
select user_id from promoted;
update invites set revoked_at = $1::timestamptz
where created_by = $2::uuid and revoked_at is null and exists (select 1 from bans where id = $3::uuid);
with ending as (
  select id, owner_id, quota_bytes, quota_day, null as incoming_key, null as multipart_upload_id, false as was_shown from "media"
  where media.owner_id = $1::uuid and exists (select 1 from bans where id = $2::uuid) and "media"."state" = 'reserved'
  order by id for update
), purse as (
  select user_id from quota_totals
  where user_id = any((select array_agg(owner_id) from ending where quota_bytes > 0)::uuid[])
  order by user_id for update
), total as (
  update quota_totals set bytes = quota_totals.bytes - back.bytes
  from purse join (select owner_id, sum(quota_bytes) as bytes from ending group by owner_id) as back
    on back.owner_id = purse.user_id
  where quota_totals.user_id = purse.user_id
), today as (
  update quota_days set bytes = quota_days.bytes - back.bytes
  from purse join (select owner_id, quota_day, sum(quota_bytes) as bytes from ending group by owner_id, quota_day)
    as back on back.owner_id = purse.user_id
  where quota_days.user_id = purse.user_id and quota_days.day = back.quota_day
)
update media set state = $3, refusal_reason = $4, quota_bytes = 0,
  settled_at = $5::timestamptz
from ending where media.id = ending.id
returning media.id;
update media set listing = 'withdrawn'
where owner_id = $1::uuid and listing = 'listed' and purpose <> 'cover' and exists (select 1 from bans where id = $2::uuid);
with closed as (
  update cases set state = $1, decided_by = $2::uuid, decided_at = $3::timestamptz
  where id = $4::uuid and person_id = $5::uuid and state = 'open' and exists (select 1 from bans where id = $6::uuid)
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
where (select count(*) from bans where bans.id = $10::uuid) > 0) select 1;
with handed as (
  select mine.group_id as id, owner.user_id as heir from memberships as mine
    join memberships as owner on owner.group_id = mine.group_id and owner.role = 'owner'
  where mine.user_id = $1::uuid and owner.user_id <> mine.user_id and exists (select 1 from bans where id = $2::uuid)
), audited as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select entry.id, decode(entry.row_key, 'hex'), entry.chain, entry.action, entry.actor_id,
      entry.subject_kind, entry.subject_id, jsonb_build_object('because', 'ban', 'to', happened.heir), entry.at
    from handed as happened join jsonb_to_recordset($3::jsonb)
      as entry (id uuid, row_key text, chain uuid, action text, actor_id uuid, subject_kind text, subject_id uuid,
        detail jsonb, at timestamptz)
      on entry.subject_id = happened.id
    -- Everything has happened, with its locks, before the first head is locked; and heads are locked in one order.
    order by entry.chain, entry.id
)
select 1;

-- liftBan, one batch
select 1
from users
where id = (select user_id from bans where id = $1::uuid) for update;
with lifted as (
  update bans set lifted_at = $1::timestamptz, lifted_by = $2::uuid
  where bans.id = $3::uuid and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $4 and "asking"."id" = $5 and "asking"."role" in ($6, $7) and "sessions"."expires_at" > $8 and "sessions"."stepped_up_until" > $9)) and bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $10::timestamptz)
  returning id, user_id, set_config($11, 'yes', true)
), let_in as (
  update users set ban_id = null from lifted where users.ban_id = lifted.id
)
select users.name, users.email from lifted left join users on users.id = lifted.user_id;
update media set listing = 'listed' from bans
where bans.id = $1::uuid and nullif(current_setting($2, true), '') is not null and media.owner_id = bans.user_id and media.listing = 'withdrawn';
with audited as (
insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
select $1::uuid, decode($2, 'hex'), $3::uuid,
  $4, $5::uuid, $6,
  $7::uuid, $8::jsonb, $9::timestamptz
where (select count(*) from (select 1 where nullif(current_setting($10, true), '') is not null) as marked) > 0) select 1;
