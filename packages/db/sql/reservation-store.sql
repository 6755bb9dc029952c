-- reserveUploads, one batch
select 1
from memberships
where group_id = null::uuid and user_id = $1::uuid for share;
insert into quota_totals (user_id, bytes) select $1::uuid, 0 where exists (
select 1 from sessions where sessions.id = $2 and sessions.user_id = $3::uuid
  and sessions.expires_at > $4::timestamptz)
  on conflict (user_id) do update set bytes = quota_totals.bytes;
insert into quota_days (user_id, day, bytes) select $1::uuid, $2::date, 0 where exists (
select 1 from sessions where sessions.id = $3 and sessions.user_id = $4::uuid
  and sessions.expires_at > $5::timestamptz)
  on conflict (user_id, day) do nothing;
with recursive file as (
  select * from jsonb_to_recordset($1::jsonb) as file(id uuid, ordinal smallint, "fileName" text,
    "declaredType" text, "declaredBytes" bigint, "declaredSha256" text, "incomingKey" text,
    "allowDuplicate" boolean)
  where exists (
  select 1 from sessions where sessions.id = $2 and sessions.user_id = $3::uuid
    and sessions.expires_at > $4::timestamptz)
), known as (
  select media.* from file join "media" on owner_id = $5::uuid and batch_id = $6::uuid
    and media.ordinal = file.ordinal
), fresh as (
  select file.*, (
    select twin.id from "media" as twin
    where coalesce(twin.group_id, twin.owner_id) = coalesce(null::uuid, $7::uuid) and twin.state = 'ready'
      and twin.sha256 = file."declaredSha256" and twin.purpose = 'item' and not file."allowDuplicate"
      and twin.listing not in ('trashed', 'removed', 'withdrawn')
    order by twin.id limit 1
  ) as twin_id, (
    select waiting.id from "media" as waiting
    where waiting.owner_id = $8::uuid and waiting.state = 'reserved'
      and waiting.declared_sha256 = file."declaredSha256" and waiting.declared_bytes = file."declaredBytes"
      and waiting.declared_type = file."declaredType" and waiting.purpose = $9
      and waiting.group_id is not distinct from null::uuid and not file."allowDuplicate"
    order by waiting.id limit 1
  ) as waiting_id
  from file where not exists (select 1 from known where known.ordinal = file.ordinal)
), wanted as (
  select *, row_number() over (order by ordinal) as place from fresh where twin_id is null and waiting_id is null
), given as (
  select 0::bigint as place, null::text as refusal, (allowed.figures ->> 'dayBytesMax')::bigint as day_max,
    (allowed.figures ->> 'dayBytesMax')::bigint - quota_days.bytes as day_room,
    (allowed.figures ->> 'totalBytesMax')::bigint - quota_totals.bytes as total_room
  from quota_totals
    join quota_days on quota_days.user_id = quota_totals.user_id and quota_days.day = $10::date
    join "users" on users.id = quota_totals.user_id,
    lateral (select $11::jsonb -> users.plan as figures) as allowed
  where quota_totals.user_id = $12::uuid
  union all
  select wanted.place, verdict.refusal, day_max,
    day_room - case when verdict.refusal is null then "declaredBytes" else 0 end,
    total_room - case when verdict.refusal is null then "declaredBytes" else 0 end
  from given join wanted on wanted.place = given.place + 1,
    lateral (select case when "declaredBytes" > day_max then 'too_large_for_plan'
      when "declaredBytes" > total_room then 'over_total_quota'
      when "declaredBytes" > day_room then 'over_day_quota' end as refusal) as verdict
), written as (
  insert into "media" (id, owner_id, batch_id, ordinal, file_name, declared_type, declared_bytes,
    declared_sha256, allow_duplicate, state, incoming_key, created_at, quota_bytes, quota_day, group_id, purpose, review_first)
  select id, $13::uuid, $14::uuid, ordinal, "fileName", "declaredType", "declaredBytes", "declaredSha256",
    "allowDuplicate", 'reserved', "incomingKey", $15::timestamptz, "declaredBytes",
    $16::date, null::uuid, $17, (select case when "users"."role" <> 'member' then 0 else coalesce((
      select tier.posts from "site_settings",
        jsonb_to_recordset(value) as tier("daysMax" int, posts int)
      where name = 'review_tiers' and (tier."daysMax" is null
        or "users"."created_at" > $18::timestamptz - interval '1 day' * tier."daysMax")
      order by tier."daysMax" nulls last limit 1), 0) end from "users" where users.id = $19::uuid)
  from wanted join given on given.place = wanted.place where refusal is null
  returning *
), total as (
  update quota_totals set bytes = quota_totals.bytes + sum.bytes
  from (select sum(declared_bytes) as bytes from written having count(*) > 0) as sum where user_id = $20::uuid
), today as (
  update quota_days set bytes = quota_days.bytes + sum.bytes
  from (select sum(declared_bytes) as bytes from written having count(*) > 0) as sum
  where user_id = $21::uuid and quota_days.day = $22::date
)
select ordinal, null as refusal, id, state, declared_type, declared_bytes, declared_sha256, incoming_key,
  group_id, purpose
  from (select * from known union all select * from written) as reserved
union all
select fresh.ordinal, null, waiting.id, state, declared_type, declared_bytes, declared_sha256, incoming_key,
  group_id, purpose
  from fresh join "media" as waiting on waiting.id = waiting_id where twin_id is null
union all
select ordinal, 'duplicate', twin_id, null, null, null, null, null, null, null from fresh where twin_id is not null
union all
select ordinal, refusal, wanted.id, null, null, null, null, null, null, null from wanted join given using (place)
  where refusal is not null;
