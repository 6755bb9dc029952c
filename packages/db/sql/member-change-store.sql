-- setRole, one batch
select 1
from groups
where id = $1::uuid for no key update;
with changed as (
    update memberships as theirs set role = $1
    where theirs.group_id = $2::uuid and theirs.user_id = $3::uuid
      and theirs.role <> 'owner' and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $4 and sessions.expires_at > $5::timestamptz and mine.group_id = $6::uuid
  and mine.role in ('owner'))
    returning theirs.user_id, old.role as was
  ), told as (
    insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
    select $7, $8::uuid, $9::uuid, user_id, null::uuid, $10::timestamptz from changed where was <> $11
  )
  select user_id, set_config($12, case when was <> $13 then was end, true) from changed;
select 1 from memberships
  where group_id = $1::uuid and user_id = $2::uuid and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $3 and sessions.expires_at > $4::timestamptz and mine.group_id = $5::uuid
  and mine.role in ('viewer', 'contributor', 'admin', 'owner'));
with ending as (
  select id, owner_id, quota_bytes, quota_day, null as incoming_key, null as multipart_upload_id, false as was_shown from "media"
  where "media"."group_id" = $1::uuid and "media"."owner_id" = $2::uuid and not exists (
    select 1 from memberships as still where still.group_id = $3::uuid and still.user_id = $4::uuid
      and still.role <> 'viewer') and "media"."state" = 'reserved'
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
update media set state = $5, refusal_reason = $6, quota_bytes = 0,
  settled_at = $7::timestamptz
from ending where media.id = ending.id
returning media.id;
insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
select $1::uuid, decode($2, 'hex'), $3::uuid,
  $4, $5::uuid, $6,
  $7::uuid, jsonb_build_object('from', nullif(current_setting($8, true), ''), 'to', $9::text), $10::timestamptz
where (select count(*) from (select 1 where nullif(current_setting($11, true), '') is not null) as marked) > 0;

-- handOver, one batch
select 1
from groups
where id = $1::uuid for no key update;
update memberships as mine set role = 'admin'
  where mine.group_id = $1::uuid and mine.user_id = $2::uuid and mine.role = 'owner'
    and mine.user_id <> $3::uuid and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $4 and sessions.expires_at > $5::timestamptz and mine.group_id = $6::uuid
  and mine.role in ('owner'))
    and exists (select 1 from memberships as heir where heir.group_id = $7::uuid
      and heir.user_id = $8::uuid and not exists (
  select 1 from users as banned join bans on bans.id = banned.ban_id
  where banned.id = heir.user_id and bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $9::timestamptz)));
with promoted as (
update memberships set role = 'owner'
where group_id = $1::uuid and user_id = (
  select next.user_id from memberships as next
  where next.group_id = $2::uuid 
  order by exists (
select 1 from users as banned join bans on bans.id = banned.ban_id
where banned.id = next.user_id and bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $3::timestamptz)), next.user_id = $4::uuid desc, array_position(array['viewer', 'contributor', 'admin', 'owner'], next.role) desc,
    next.joined_at, next.user_id limit 1)
  and not exists (select 1 from memberships as owner where owner.group_id = $5::uuid and owner.role = 'owner')
returning user_id
), told as (
  insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
  select $6, $7::uuid, $8::uuid, user_id, null::uuid, $9::timestamptz from promoted
)
select user_id, set_config($10, user_id::text, true) from promoted;
select 1 from memberships
  where group_id = $1::uuid and user_id = $2::uuid and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $3 and sessions.expires_at > $4::timestamptz and mine.group_id = $5::uuid
  and mine.role in ('viewer', 'contributor', 'admin', 'owner'));
insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
select $1::uuid, decode($2, 'hex'), $3::uuid,
  $4, $5::uuid, $6,
  $7::uuid, $8::jsonb, $9::timestamptz
where (select count(*) from (select 1 where nullif(current_setting($10, true), '') is not null) as marked) > 0;

-- removeMember, one batch
select 1
from groups
where id = $1::uuid for no key update;
select 1 from memberships
  where group_id = $1::uuid and user_id = $2::uuid and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $3 and sessions.expires_at > $4::timestamptz and mine.group_id = $5::uuid
  and mine.role in ('viewer', 'contributor', 'admin', 'owner'));
with gone as (
    delete from memberships as theirs
    where theirs.group_id = $1::uuid and theirs.user_id = $2::uuid
      and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $3 and sessions.expires_at > $4::timestamptz and mine.group_id = $5::uuid
  and mine.role in ('admin', 'owner')) and exists (
  select 1 from memberships as mine where mine.group_id = $6::uuid and mine.user_id = $7::uuid
    and mine.role in ('admin', 'owner') and array_position(array['viewer', 'contributor', 'admin', 'owner'], mine.role) > array_position(array['viewer', 'contributor', 'admin', 'owner'], theirs.role))
    returning theirs.user_id
  ), barred as (
    insert into removed_members (group_id, user_id, removed_at)
    select $8::uuid, user_id, $9::timestamptz from gone
    on conflict (group_id, user_id) do update set removed_at = excluded.removed_at
  ), closed as (
    update invites set revoked_at = $10::timestamptz from gone
    where invites.group_id = $11::uuid and invites.created_by = gone.user_id and invites.revoked_at is null
  ), counted as (
    update groups set member_count = member_count - 1 from gone where groups.id = $12::uuid
  ), told as (
    insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
    select $13, $14::uuid, $15::uuid, user_id, null::uuid, $16::timestamptz from gone
  )
  select user_id, set_config($17, 'yes', true) from gone;
with ending as (
  select id, owner_id, quota_bytes, quota_day, null as incoming_key, null as multipart_upload_id, false as was_shown from "media"
  where "media"."group_id" = $1::uuid and "media"."owner_id" = $2::uuid and not exists (
    select 1 from memberships as still where still.group_id = $3::uuid and still.user_id = $4::uuid
      and still.role <> 'viewer') and "media"."state" = 'reserved'
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
update media set state = $5, refusal_reason = $6, quota_bytes = 0,
  settled_at = $7::timestamptz
from ending where media.id = ending.id
returning media.id;
update "media" set listing = 'trashed', trashed_at = $1::timestamptz
where id in (select id from "media" where group_id = $2::uuid and owner_id = $3::uuid
  and (is_in_gallery or listing = 'withdrawn' and purpose = 'item') and not exists (
select 1 from memberships as still where still.group_id = $4::uuid and still.user_id = $5::uuid) and exists (
select 1 from removed_members where group_id = $6::uuid and user_id = $7::uuid
  and removed_at = $8::timestamptz) order by id for update);
insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
select $1::uuid, decode($2, 'hex'), $3::uuid,
  $4, $5::uuid, $6,
  $7::uuid, $8::jsonb, $9::timestamptz
where (select count(*) from (select 1 where nullif(current_setting($10, true), '') is not null) as marked) > 0;
