-- moveToTrash
with moved as (
  update "media" set listing = 'trashed', trashed_at = $1::timestamptz,
    trashed_by = case when owner_id = $2::uuid then null else $3::uuid end
  where id in (
  select id from "media" where id = any($4::uuid[]) and "media"."state" = 'ready'
    and "media"."purpose" = 'item' and ("media"."listing" = 'listed' and ("media"."owner_id" = $5::uuid or exists (
  select 1 from memberships as mine
    left join memberships as theirs on theirs.group_id = mine.group_id and theirs.user_id = "media"."owner_id"
  where mine.group_id = "media"."group_id" and mine.user_id = $6::uuid
    and mine.role in ('admin', 'owner') and array_position(array['viewer', 'contributor', 'admin', 'owner'], mine.role) > coalesce(array_position(array['viewer', 'contributor', 'admin', 'owner'], theirs.role), 0)))
    or "media"."listing" = 'held' and "media"."owner_id" = $7::uuid) and exists (
select 1 from sessions where sessions.id = $8 and sessions.user_id = $9::uuid
  and sessions.expires_at > $10::timestamptz)
  order by id for update)
  returning id, group_id, owner_id, trashed_by
), told as (
    insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
    select $11, group_id, $12::uuid, owner_id, id, $13::timestamptz from moved where trashed_by is not null
), audited as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select entry.id, decode(entry.row_key, 'hex'), group_id, entry.action, entry.actor_id,
      entry.subject_kind, entry.subject_id, jsonb_build_object('owner', owner_id), entry.at
    from (select * from moved where trashed_by is not null) as happened join jsonb_to_recordset($14::jsonb)
      as entry (id uuid, row_key text, chain uuid, action text, actor_id uuid, subject_kind text, subject_id uuid,
        detail jsonb, at timestamptz)
      on entry.subject_id = happened.id
    -- Everything has happened, with its locks, before the first head is locked; and heads are locked in one order.
    order by group_id, entry.id
)
select id from moved;

-- restoreItems
with back as (
  -- What waited for a review before goes on waiting; what an admin puts back of somebody banned waits for its owner.
  update "media" set listing = case when held_for is not null then 'held'
      when exists (
  select 1 from users as banned join bans on bans.id = banned.ban_id
  where banned.id = "media"."owner_id" and bans.items = 'withdraw' and bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $1::timestamptz)) then 'withdrawn' else 'listed' end,
    trashed_at = null, trashed_by = null
  where id in (
  select id from "media" where id = any($2::uuid[]) and "media"."state" = 'ready'
    and "media"."purpose" = 'item' and "media"."listing" = 'trashed' and case when "media"."trashed_by" is null
    then "media"."owner_id" = $3::uuid and ("media"."group_id" is null or exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $4 and sessions.expires_at > $5::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('contributor', 'admin', 'owner')))
    else exists (
  select 1 from memberships as mine
    left join memberships as theirs on theirs.group_id = mine.group_id and theirs.user_id = "media"."owner_id"
  where mine.group_id = "media"."group_id" and mine.user_id = $6::uuid
    and mine.role in ('admin', 'owner') and array_position(array['viewer', 'contributor', 'admin', 'owner'], mine.role) > coalesce(array_position(array['viewer', 'contributor', 'admin', 'owner'], theirs.role), 0)) end and exists (
select 1 from sessions where sessions.id = $7 and sessions.user_id = $8::uuid
  and sessions.expires_at > $9::timestamptz)
  order by id for update)
  returning id, group_id, owner_id, old.trashed_by as was
), audited as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select entry.id, decode(entry.row_key, 'hex'), group_id, entry.action, entry.actor_id,
      entry.subject_kind, entry.subject_id, jsonb_build_object('owner', owner_id), entry.at
    from (select * from back where was is not null) as happened join jsonb_to_recordset($10::jsonb)
      as entry (id uuid, row_key text, chain uuid, action text, actor_id uuid, subject_kind text, subject_id uuid,
        detail jsonb, at timestamptz)
      on entry.subject_id = happened.id
    -- Everything has happened, with its locks, before the first head is locked; and heads are locked in one order.
    order by group_id, entry.id
)
select id from back;

-- emptyTrash
with ending as (
  select id, owner_id, incoming_key, multipart_upload_id, quota_bytes, published_at is not null as was_shown from "media"
  where "media"."id" in (select id from media where owner_id = $1::uuid and listing = 'trashed'
      and id = any($2::uuid[]) order by trashed_at, id limit $3) and "media"."listing" = 'trashed'
      and exists (
  select 1 from sessions where sessions.id = $4 and sessions.user_id = $5::uuid
    and sessions.expires_at > $6::timestamptz) order by id for update
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
  select id, incoming_key, multipart_upload_id, $7, was_shown, $8::timestamptz, $9::timestamptz from ending order by id
  on conflict (media_id, generation) do update set
    reason = excluded.reason, asks = deletions.asks + 1, attempts = 0,
    created_at = excluded.created_at, next_try_at = excluded.next_try_at,
    incoming_key = coalesce(excluded.incoming_key, deletions.incoming_key),
    multipart_upload_id = coalesce(excluded.multipart_upload_id, deletions.multipart_upload_id),
    was_shown = deletions.was_shown or excluded.was_shown,
    gone_at = null, invalidation_id = null, invalidated_at = null, done_at = null)
delete from media using ending where media.id = ending.id
returning media.id;

-- readTrash, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."caption", "media"."alt_text", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play", "media"."group_id", media.comment_count - (
    select count(*) from comments as said where said.media_id = media.id and said.author_id = any(array(select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $3 and sessions.expires_at > $4::timestamptz)))), "media"."timeline_at", case when exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $5 and sessions.expires_at > $6::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')) then "groups"."name" end, "media"."trashed_at", "media"."trashed_by" is not null from "media" inner join "users" on "users"."id" = "media"."owner_id" left join "groups" on "groups"."id" = "media"."group_id" where ("media"."listing" = 'trashed' and ("media"."group_id" = $7 and ("media"."owner_id" = (select sessions.user_id from sessions where sessions.id = $8 and sessions.expires_at > $9::timestamptz) or "media"."trashed_by" is not null and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $10 and sessions.expires_at > $11::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('admin', 'owner')))) and ("media"."trashed_at", "media"."id") < ($12::timestamptz, $13::uuid)) order by "media"."trashed_at" desc, "media"."id" desc limit $14;
