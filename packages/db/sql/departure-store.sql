-- deleteAccount, one batch
select 1 from "groups" where id in (
  select group_id from "memberships" where user_id = $1::uuid
  union select group_id from "media" where owner_id = $2::uuid and is_in_gallery)
order by id for no key update;
with administrator as (
  select id from "users" where role = 'administrator' order by id for update
), account as (
  select id, email, name, role, password_hash from "users" where id = $1::uuid for update
), owned as (
  select mine.group_id, choice.is_ended, exists (
      select 1 from "memberships" as other where other.group_id = mine.group_id and other.user_id <> $2::uuid
        and (choice.successor_id is null or other.user_id = choice.successor_id)) as has_successor
  from "memberships" as mine left join jsonb_to_recordset($3::jsonb)
  as choice (group_id uuid, is_ended boolean, successor_id uuid) on choice.group_id = mine.group_id
  where mine.user_id = $4::uuid and mine.role = 'owner'
), verdict as (
  select account.*, case
    when not (account.password_hash = $5 and exists (
select 1 from sessions where sessions.id = $6 and sessions.user_id = $7::uuid
  and sessions.expires_at > $8::timestamptz)) then 'refused'
    when exists (select 1 from owned where is_ended is null) then 'owns_groups'
    when exists (select 1 from owned where not is_ended and not has_successor) then 'no_successor'
    when account.role = 'administrator' and not exists (select 1 from administrator where id <> $9::uuid)
      then 'last_administrator'
    else 'deleted' end as outcome
  from account
), departure as (
  insert into "departures" (user_id, email, name, deleted_at, items, groups_handed_over, groups_ended)
  select id, email, name, $10::timestamptz, 0,
    (select count(*) from owned where not is_ended), (select count(*) from owned where is_ended)
  from verdict where outcome = 'deleted'
)
select outcome, set_config($11, (select string_agg(group_id::text, ' ') from owned where outcome = 'deleted'), true)
from verdict;
with ended as (
  select mine.group_id from "memberships" as mine join jsonb_to_recordset($1::jsonb)
  as choice (group_id uuid, is_ended boolean, successor_id uuid) on choice.group_id = mine.group_id
  where mine.user_id = $2::uuid and mine.role = 'owner' and choice.is_ended
), gone as (
  delete from "memberships" where (user_id = $3::uuid or group_id in (select group_id from ended)) and exists (select 1 from "departures" where "departures"."user_id" = $4
and "departures"."deleted_at" = $5::timestamptz)
  returning group_id
)
update "groups" set member_count = member_count - gone.count
from (select group_id, count(*)::int as count from gone group by group_id) as gone where groups.id = gone.group_id;
update memberships set role = 'owner'
where group_id = $1::uuid and user_id = (
  select next.user_id from memberships as next
  where next.group_id = $2::uuid 
  order by exists (
select 1 from users as banned join bans on bans.id = banned.ban_id
where banned.id = next.user_id and bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $3::timestamptz)),  array_position(array['viewer', 'contributor', 'admin', 'owner'], next.role) desc,
    next.joined_at, next.user_id limit 1)
  and not exists (select 1 from memberships as owner where owner.group_id = $4::uuid and owner.role = 'owner')
returning user_id;
select 1 from "media" where exists (select 1 from "departures" where "departures"."user_id" = $1
and "departures"."deleted_at" = $2::timestamptz) and id in (
    select media_id from "likes" where user_id = $3::uuid
    union select media_id from "comments" where author_id = $4::uuid
    union select id from "media" where owner_id = $5::uuid)
  order by id for update;
update "media" set like_count = like_count - 1 from "likes"
  where likes.user_id = $1::uuid and likes.media_id = media.id and exists (select 1 from "departures" where "departures"."user_id" = $2
and "departures"."deleted_at" = $3::timestamptz);
update "media" set comment_count = comment_count - written.count
  from (select media_id, count(*)::int as count from "comments" where author_id = $1::uuid group by media_id) as written
  where written.media_id = media.id and exists (select 1 from "departures" where "departures"."user_id" = $2
and "departures"."deleted_at" = $3::timestamptz);
insert into quota_totals (user_id, bytes) select distinct user_id, 0 from (select memberships.group_id, memberships.user_id from "memberships"
  where memberships.role = 'owner' and memberships.user_id <> $1::uuid
    and memberships.group_id in (select group_id from "media" where media.owner_id = $2::uuid and media.is_in_gallery and exists (select 1 from "departures" where "departures"."user_id" = $3
and "departures"."deleted_at" = $4::timestamptz))) as receiver
  order by user_id on conflict (user_id) do nothing;
select 1 from quota_totals where user_id = $1::uuid or user_id in (select user_id from (select memberships.group_id, memberships.user_id from "memberships"
  where memberships.role = 'owner' and memberships.user_id <> $2::uuid
    and memberships.group_id in (select group_id from "media" where media.owner_id = $3::uuid and media.is_in_gallery and exists (select 1 from "departures" where "departures"."user_id" = $4
and "departures"."deleted_at" = $5::timestamptz))) as receiver)
  order by user_id for update;
with receiver as (
    select owner.group_id, owner.user_id, quota_totals.bytes,
      ($1::jsonb -> users.plan ->> 'totalBytesMax')::bigint as bytes_max
    from (select memberships.group_id, memberships.user_id from "memberships"
  where memberships.role = 'owner' and memberships.user_id <> $2::uuid
    and memberships.group_id in (select group_id from "media" where media.owner_id = $3::uuid and media.is_in_gallery and exists (select 1 from "departures" where "departures"."user_id" = $4
and "departures"."deleted_at" = $5::timestamptz))) as owner join "users" on users.id = owner.user_id
      join quota_totals on quota_totals.user_id = owner.user_id
  ), item as (
    select media.id, receiver.user_id, receiver.bytes + sum(media.quota_bytes)
        over (partition by receiver.user_id order by media.quota_bytes, media.id) <= receiver.bytes_max as has_room
    from "media" join receiver on receiver.group_id = media.group_id where media.owner_id = $6::uuid and media.is_in_gallery and exists (select 1 from "departures" where "departures"."user_id" = $7
and "departures"."deleted_at" = $8::timestamptz)
  ), handed as (
    update "media" set owner_id = item.user_id, quota_day = null from item where media.id = item.id and item.has_room
    returning media.owner_id, media.quota_bytes
  ), weighed as (
    update quota_totals set bytes = quota_totals.bytes + handed.bytes
    from (select owner_id, sum(quota_bytes) as bytes from handed group by owner_id) as handed
    where quota_totals.user_id = handed.owner_id
  ), lightened as (
    update quota_totals set bytes = quota_totals.bytes - (select coalesce(sum(quota_bytes), 0) from handed)
    where user_id = $9::uuid
  )
  update "departures" set items_handed_over = (select count(*) from handed),
    items_without_room = (select count(*) from item where not has_room)
  where user_id = $10::uuid and exists (select 1 from "departures" where "departures"."user_id" = $11
and "departures"."deleted_at" = $12::timestamptz);
update "departures" set
    items = (select count(*) from "media" where owner_id = $1::uuid and state = 'ready' and purpose = 'item'),
    media_ids = array(select id from "media" where owner_id = $2::uuid)
  where user_id = $3::uuid and exists (select 1 from "departures" where "departures"."user_id" = $4
and "departures"."deleted_at" = $5::timestamptz);
with ending as (
  select id, owner_id, incoming_key, multipart_upload_id, quota_bytes, published_at is not null as was_shown from "media"
  where "media"."owner_id" = $1 and exists (select 1 from "departures" where "departures"."user_id" = $2
  and "departures"."deleted_at" = $3::timestamptz) order by id for update
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
  select id, incoming_key, multipart_upload_id, $4, was_shown, $5::timestamptz, $6::timestamptz from ending order by id
  on conflict (media_id, generation) do update set
    reason = excluded.reason, asks = deletions.asks + 1, attempts = 0,
    created_at = excluded.created_at, next_try_at = excluded.next_try_at,
    incoming_key = coalesce(excluded.incoming_key, deletions.incoming_key),
    multipart_upload_id = coalesce(excluded.multipart_upload_id, deletions.multipart_upload_id),
    was_shown = deletions.was_shown or excluded.was_shown,
    gone_at = null, invalidation_id = null, invalidated_at = null, done_at = null)
delete from media using ending where media.id = ending.id
returning media.id;
update "data_exports" set expires_at = $1::timestamptz where user_id = $2::uuid and exists (select 1 from "departures" where "departures"."user_id" = $3
and "departures"."deleted_at" = $4::timestamptz);
delete from "users" where id = $1::uuid and exists (select 1 from "departures" where "departures"."user_id" = $2
and "departures"."deleted_at" = $3::timestamptz);
with left_behind as (
  select group_id as id, (select user_id from "memberships" as owner
    where owner.group_id = left_group.group_id and owner.role = 'owner') as heir
  from unnest(string_to_array(nullif(current_setting($1, true), ''), ' ')::uuid[]) as left_group (group_id)
), audited as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select entry.id, decode(entry.row_key, 'hex'), entry.chain, entry.action, entry.actor_id,
      entry.subject_kind, entry.subject_id, jsonb_strip_nulls(entry.detail || jsonb_build_object('to', happened.heir)), entry.at
    from left_behind as happened join jsonb_to_recordset($2::jsonb)
      as entry (id uuid, row_key text, chain uuid, action text, actor_id uuid, subject_kind text, subject_id uuid,
        detail jsonb, at timestamptz)
      on entry.subject_id = happened.id
    -- Everything has happened, with its locks, before the first head is locked; and heads are locked in one order.
    order by entry.chain, entry.id
)
select 1;
