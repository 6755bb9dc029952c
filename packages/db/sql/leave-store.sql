-- leaveGroup, one batch
select 1
from groups
where id = $1::uuid for no key update;
with members as materialized (
  select user_id from memberships where group_id = $1::uuid order by user_id for update
), items as materialized (
  select id from "media" where group_id = $2::uuid and owner_id = $3::uuid and is_in_gallery and exists (select 1 from members) order by id for update
)
select user_id from quota_totals
where user_id in ($4::uuid, coalesce((select user_id from memberships where group_id = $5::uuid and role = 'owner'
and user_id <> $6::uuid), (
  select next.user_id from memberships as next
  where next.group_id = $7::uuid and next.user_id <> $8::uuid
  order by exists (
select 1 from users as banned join bans on bans.id = banned.ban_id
where banned.id = next.user_id and bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $9::timestamptz)), next.user_id = $10::uuid desc, array_position(array['viewer', 'contributor', 'admin', 'owner'], next.role) desc,
    next.joined_at, next.user_id limit 1))) and (select count(*) from items) >= 0
order by user_id for update;
select exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $1 and sessions.expires_at > $2::timestamptz and mine.group_id = $3::uuid
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')), exists (select 1 from memberships where group_id = $4::uuid and user_id = $5::uuid
      and user_id <> $6::uuid), coalesce((
    select ($7::jsonb -> users.plan ->> 'totalBytesMax')::bigint
      - coalesce((select bytes from quota_totals where user_id = users.id), 0)
      >= (select coalesce(sum(quota_bytes), 0) from "media" where group_id = $8::uuid and owner_id = $9::uuid and is_in_gallery)
    from users where users.id = coalesce((select user_id from memberships where group_id = $10::uuid and role = 'owner'
  and user_id <> $11::uuid), (
    select next.user_id from memberships as next
    where next.group_id = $12::uuid and next.user_id <> $13::uuid
    order by exists (
  select 1 from users as banned join bans on bans.id = banned.ban_id
  where banned.id = next.user_id and bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $14::timestamptz)), next.user_id = $15::uuid desc, array_position(array['viewer', 'contributor', 'admin', 'owner'], next.role) desc,
      next.joined_at, next.user_id limit 1))), true) from "groups" where "groups"."id" = $16::uuid;
with gone as (
    delete from memberships where group_id = $1::uuid and user_id = $2::uuid
      and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $3 and sessions.expires_at > $4::timestamptz and mine.group_id = $5::uuid
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')) and exists (select 1 from memberships where group_id = $6::uuid and user_id = $7::uuid
      and user_id <> $8::uuid) and coalesce((
    select ($9::jsonb -> users.plan ->> 'totalBytesMax')::bigint
      - coalesce((select bytes from quota_totals where user_id = users.id), 0)
      >= (select coalesce(sum(quota_bytes), 0) from "media" where group_id = $10::uuid and owner_id = $11::uuid and is_in_gallery)
    from users where users.id = coalesce((select user_id from memberships where group_id = $12::uuid and role = 'owner'
  and user_id <> $13::uuid), (
    select next.user_id from memberships as next
    where next.group_id = $14::uuid and next.user_id <> $15::uuid
    order by exists (
  select 1 from users as banned join bans on bans.id = banned.ban_id
  where banned.id = next.user_id and bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $16::timestamptz)), next.user_id = $17::uuid desc, array_position(array['viewer', 'contributor', 'admin', 'owner'], next.role) desc,
      next.joined_at, next.user_id limit 1))), true)
    returning user_id
  )
  update groups set member_count = member_count - 1 from gone where groups.id = $18::uuid
  returning set_config($19, case member_count when 0 then 'last' else 'one of several' end, true);
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
insert into quota_totals (user_id, bytes) select user_id, 0 from memberships
where group_id = $1::uuid and role = 'owner' and not exists (
select 1 from memberships as still where still.group_id = $2::uuid and still.user_id = $3::uuid) on conflict (user_id) do nothing;
with handed as (
  update "media" set owner_id = (select user_id from memberships where group_id = $1::uuid and role = 'owner'), quota_day = null
  where group_id = $2::uuid and owner_id = $3::uuid and is_in_gallery
    and not exists (
select 1 from memberships as still where still.group_id = $4::uuid and still.user_id = $5::uuid) and (select user_id from memberships where group_id = $6::uuid and role = 'owner') is not null
  returning quota_bytes
)
update quota_totals set bytes = quota_totals.bytes
  + case when quota_totals.user_id = $7::uuid then -moved.bytes else moved.bytes end
from (select coalesce(sum(quota_bytes), 0) as bytes from handed) as moved
where quota_totals.user_id in ($8::uuid, (select user_id from memberships where group_id = $9::uuid and role = 'owner')) and moved.bytes > 0;
with ending as (
  select id, owner_id, quota_bytes, quota_day, null as incoming_key, null as multipart_upload_id, false as was_shown from "media"
  where "media"."group_id" = $1::uuid and not exists (select 1 from memberships where group_id = $2::uuid) and "media"."state" = 'reserved'
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
with ending as (
  select id, owner_id, incoming_key, multipart_upload_id, quota_bytes, published_at is not null as was_shown from "media"
  where "media"."group_id" = $1::uuid and "media"."id" in (select id from media where group_id = $2::uuid and state = 'ready' and not exists (select 1 from memberships where group_id = $3::uuid)
      order by id limit $4) order by id for update
), purse as (
  select user_id from quota_totals
  where user_id = any((select array_agg(owner_id) from ending where quota_bytes > 0)::uuid[])
  order by user_id for update
), total as (
  update quota_totals set bytes = quota_totals.bytes - back.bytes
  from purse join (select owner_id, sum(quota_bytes) as bytes from ending group by owner_id) as back
    on back.owner_id = purse.user_id
  where quota_totals.user_id = purse.user_id
), outbox as (
  insert into deletions (media_id, incoming_key, multipart_upload_id, reason, was_shown, created_at, next_try_at)
  select id, incoming_key, multipart_upload_id, $5, was_shown, $6::timestamptz, $7::timestamptz from ending order by id
  on conflict (media_id, generation) do update set
    reason = excluded.reason, asks = deletions.asks + 1, attempts = 0,
    created_at = excluded.created_at, next_try_at = excluded.next_try_at,
    incoming_key = coalesce(excluded.incoming_key, deletions.incoming_key),
    multipart_upload_id = coalesce(excluded.multipart_upload_id, deletions.multipart_upload_id),
    was_shown = deletions.was_shown or excluded.was_shown,
    gone_at = null, invalidation_id = null, invalidated_at = null, done_at = null)
delete from media using ending where media.id = ending.id
returning media.id;
update "media" set group_id = null,
state = case when refusal_reason = 'processing_failed' then 'cancelled' else state end,
refusal_reason = nullif(refusal_reason, 'processing_failed')
where group_id = $1::uuid and state <> 'ready'
and state <> 'reserved' and not exists (select 1 from memberships where group_id = $2::uuid);
delete from groups where id = $1::uuid and not exists (select 1 from memberships where group_id = $2::uuid)
and not exists (select 1 from "media" where group_id = $3::uuid);
insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
select $1::uuid, decode($2, 'hex'), $3::uuid,
  $4, $5::uuid, $6,
  $7::uuid, $8::jsonb, $9::timestamptz
where (select count(*) from (select 1 where nullif(current_setting($10, true), '') is not null) as marked) > 0;
insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
select $1::uuid, decode($2, 'hex'), $3::uuid,
  $4, $5::uuid, $6,
  nullif(current_setting($7, true), '')::uuid, $8::jsonb, $9::timestamptz
where (select count(*) from (select 1 where nullif(current_setting($10, true), '') is not null) as marked) > 0;
insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
select $1::uuid, decode($2, 'hex'), $3::uuid,
  $4, $5::uuid, $6,
  $7::uuid, $8::jsonb, $9::timestamptz
where (select count(*) from (select 1 where nullif(current_setting($10, true), '') = 'last') as marked) > 0;

-- removeGroup, one batch
select 1
from groups
where id = $1::uuid for no key update;
with ending as (
    select id from groups where id = $1::uuid and name = $2 and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $3 and sessions.expires_at > $4::timestamptz and mine.group_id = $5::uuid
  and mine.role in ('owner'))
  ), gone as (
    delete from memberships using ending where group_id = ending.id
  )
  update groups set member_count = 0 from ending where groups.id = ending.id
  returning groups.id, set_config($6, 'yes', true);
with ending as (
  select id, owner_id, quota_bytes, quota_day, null as incoming_key, null as multipart_upload_id, false as was_shown from "media"
  where "media"."group_id" = $1::uuid and not exists (select 1 from memberships where group_id = $2::uuid) and "media"."state" = 'reserved'
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
with ending as (
  select id, owner_id, incoming_key, multipart_upload_id, quota_bytes, published_at is not null as was_shown from "media"
  where "media"."group_id" = $1::uuid and "media"."id" in (select id from media where group_id = $2::uuid and state = 'ready' and not exists (select 1 from memberships where group_id = $3::uuid)
      order by id limit $4) order by id for update
), purse as (
  select user_id from quota_totals
  where user_id = any((select array_agg(owner_id) from ending where quota_bytes > 0)::uuid[])
  order by user_id for update
), total as (
  update quota_totals set bytes = quota_totals.bytes - back.bytes
  from purse join (select owner_id, sum(quota_bytes) as bytes from ending group by owner_id) as back
    on back.owner_id = purse.user_id
  where quota_totals.user_id = purse.user_id
), outbox as (
  insert into deletions (media_id, incoming_key, multipart_upload_id, reason, was_shown, created_at, next_try_at)
  select id, incoming_key, multipart_upload_id, $5, was_shown, $6::timestamptz, $7::timestamptz from ending order by id
  on conflict (media_id, generation) do update set
    reason = excluded.reason, asks = deletions.asks + 1, attempts = 0,
    created_at = excluded.created_at, next_try_at = excluded.next_try_at,
    incoming_key = coalesce(excluded.incoming_key, deletions.incoming_key),
    multipart_upload_id = coalesce(excluded.multipart_upload_id, deletions.multipart_upload_id),
    was_shown = deletions.was_shown or excluded.was_shown,
    gone_at = null, invalidation_id = null, invalidated_at = null, done_at = null)
delete from media using ending where media.id = ending.id
returning media.id;
update "media" set group_id = null,
state = case when refusal_reason = 'processing_failed' then 'cancelled' else state end,
refusal_reason = nullif(refusal_reason, 'processing_failed')
where group_id = $1::uuid and state <> 'ready'
and state <> 'reserved' and not exists (select 1 from memberships where group_id = $2::uuid);
delete from groups where id = $1::uuid and not exists (select 1 from memberships where group_id = $2::uuid)
and not exists (select 1 from "media" where group_id = $3::uuid);
insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
select $1::uuid, decode($2, 'hex'), $3::uuid,
  $4, $5::uuid, $6,
  $7::uuid, $8::jsonb, $9::timestamptz
where (select count(*) from (select 1 where nullif(current_setting($10, true), '') is not null) as marked) > 0;

-- findLeavePreview, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "group_id", "role", "joined_at", "seen_at", "notifications"
from "memberships"
where ("memberships"."group_id" = $1 and "memberships"."user_id" = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz));
select count(*), coalesce(sum("quota_bytes"), 0)
from "media"
where "media"."group_id" = $1::uuid and "media"."owner_id" = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz) and "media"."is_in_gallery";
select users.id, users.name from users where users.id = (
select next.user_id from memberships as next
where next.group_id = $1::uuid and next.user_id <> (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz) and exists (
  select 1 from memberships as mine where mine.group_id = next.group_id and mine.user_id = (select sessions.user_id from sessions where sessions.id = $4 and sessions.expires_at > $5::timestamptz))
order by exists (
select 1 from users as banned join bans on bans.id = banned.ban_id
where banned.id = next.user_id and bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $6::timestamptz)), array_position(array['viewer', 'contributor', 'admin', 'owner'], next.role) desc, next.joined_at,
  next.user_id limit 1);
