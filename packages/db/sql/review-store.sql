-- findHeld, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."caption", "media"."alt_text", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play", "media"."purpose", "media"."held_for", "groups"."name", "users"."created_at", "known_bad"."added_at" from "media" inner join "users" on "users"."id" = "media"."owner_id" left join "groups" on "groups"."id" = "media"."group_id" left join "known_bad" on "known_bad"."media_id" = "media"."alike_to" where ("media"."listing" = 'held' and "media"."state" = 'ready' and not exists (
select 1 from users as banned join bans on bans.id = banned.ban_id
where banned.id = "media"."owner_id" and bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $1::timestamptz)) and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $2 and "asking"."role" in ($3, $4) and "sessions"."expires_at" > $5::timestamptz and "sessions"."stepped_up_until" > $6::timestamptz)) and ("media"."published_at", "media"."id") > ($7::timestamptz, $8::uuid)) order by "media"."published_at" asc, "media"."id" asc limit $9;

-- findOwnHeld, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."caption", "media"."alt_text", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play" from "media" inner join "users" on "users"."id" = "media"."owner_id" where ("media"."listing" = 'held' and "media"."state" = 'ready'
and "media"."purpose" = 'item' and "media"."owner_id" = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz)) order by "media"."published_at" desc, "media"."id" desc limit $3;

-- approveHeld
with approved as (
  update "media" set listing = case when "media"."group_id" is not null and not exists (select 1 from memberships as theirs
      where theirs.group_id = "media"."group_id" and theirs.user_id = "media"."owner_id") then 'trashed' else 'listed' end,
    trashed_at = case when "media"."group_id" is not null and not exists (select 1 from memberships as theirs
      where theirs.group_id = "media"."group_id" and theirs.user_id = "media"."owner_id") then $1::timestamptz end, held_for = null, alike_to = null,
    published_at = $2::timestamptz
  where id in (
  select id from "media" where id = any($3::uuid[]) and "media"."listing" = 'held' and "media"."state" = 'ready' and not exists (
  select 1 from users as banned join bans on bans.id = banned.ban_id
  where banned.id = "media"."owner_id" and bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $4::timestamptz))
    and "media"."owner_id" <> $5::uuid
    and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $6 and "asking"."id" = $7 and "asking"."role" in ($8, $9) and "sessions"."expires_at" > $10 and "sessions"."stepped_up_until" > $11))
  order by id for update)
  returning id, owner_id, group_id, purpose, listing
), told as (
    insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
    select $12, null::uuid, owner_id, owner_id, id, $13::timestamptz from approved
), told_group as (
    insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
    select $14, group_id, owner_id, null::uuid, id, $15::timestamptz from approved where group_id is not null and purpose = 'item' and listing = 'listed'
), audited as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select entry.id, decode(entry.row_key, 'hex'), entry.chain, entry.action, entry.actor_id,
      entry.subject_kind, entry.subject_id, entry.detail, entry.at
    from approved as happened join jsonb_to_recordset($16::jsonb)
      as entry (id uuid, row_key text, chain uuid, action text, actor_id uuid, subject_kind text, subject_id uuid,
        detail jsonb, at timestamptz)
      on entry.subject_id = happened.id
    -- Everything has happened, with its locks, before the first head is locked; and heads are locked in one order.
    order by entry.chain, entry.id)
select id from approved;

-- refuseHeld, one batch
with ending as (
  select id, owner_id, incoming_key, multipart_upload_id, quota_bytes, published_at is not null as was_shown from "media"
  where "media"."id" in (
    select id from "media" where id = any($1::uuid[]) and "media"."listing" = 'held' and "media"."state" = 'ready' and not exists (
    select 1 from users as banned join bans on bans.id = banned.ban_id
    where banned.id = "media"."owner_id" and bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $2::timestamptz))
      and "media"."owner_id" <> $3::uuid
      and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $4 and "asking"."id" = $5 and "asking"."role" in ($6, $7) and "sessions"."expires_at" > $8 and "sessions"."stepped_up_until" > $9))
    order by id for update) and "media"."state" = 'ready' and "media"."listing" <> 'removed' order by id for update
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
  select id, incoming_key, multipart_upload_id, $10, was_shown, $11::timestamptz, $12::timestamptz from ending order by id
  on conflict (media_id, generation) do update set
    reason = excluded.reason, asks = deletions.asks + 1, attempts = 0,
    created_at = excluded.created_at, next_try_at = excluded.next_try_at,
    incoming_key = coalesce(excluded.incoming_key, deletions.incoming_key),
    multipart_upload_id = coalesce(excluded.multipart_upload_id, deletions.multipart_upload_id),
    was_shown = deletions.was_shown or excluded.was_shown,
    gone_at = null, invalidation_id = null, invalidated_at = null, done_at = null
), down as (
  update media set listing = 'removed', trashed_at = null, trashed_by = null, quota_bytes = 0
  from ending where media.id = ending.id
  returning media.id, media.owner_id
), told as (
      insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
      select $13, null::uuid, owner_id, owner_id, id, $14::timestamptz from down
  ), audited as (
      insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
      select entry.id, decode(entry.row_key, 'hex'), entry.chain, entry.action, entry.actor_id,
        entry.subject_kind, entry.subject_id, entry.detail, entry.at
      from down as happened join jsonb_to_recordset($15::jsonb)
        as entry (id uuid, row_key text, chain uuid, action text, actor_id uuid, subject_kind text, subject_id uuid,
          detail jsonb, at timestamptz)
        on entry.subject_id = happened.id
      -- Everything has happened, with its locks, before the first head is locked; and heads are locked in one order.
      order by entry.chain, entry.id)
  select id from down;
with ending as (
  select id, owner_id, incoming_key, multipart_upload_id, quota_bytes, published_at is not null as was_shown from "media"
  where "media"."id" in (
    select id from "media" where id = any($1::uuid[]) and "media"."listing" = 'held' and "media"."state" = 'ready' and not exists (
    select 1 from users as banned join bans on bans.id = banned.ban_id
    where banned.id = "media"."owner_id" and bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $2::timestamptz))
      and "media"."owner_id" <> $3::uuid
      and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $4 and "asking"."id" = $5 and "asking"."role" in ($6, $7) and "sessions"."expires_at" > $8 and "sessions"."stepped_up_until" > $9))
    order by id for update) and "media"."state" = 'ready' and "media"."listing" <> 'removed' order by id for update
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
  select id, incoming_key, multipart_upload_id, $10, was_shown, $11::timestamptz, $12::timestamptz from ending order by id
  on conflict (media_id, generation) do update set
    reason = excluded.reason, asks = deletions.asks + 1, attempts = 0,
    created_at = excluded.created_at, next_try_at = excluded.next_try_at,
    incoming_key = coalesce(excluded.incoming_key, deletions.incoming_key),
    multipart_upload_id = coalesce(excluded.multipart_upload_id, deletions.multipart_upload_id),
    was_shown = deletions.was_shown or excluded.was_shown,
    gone_at = null, invalidation_id = null, invalidated_at = null, done_at = null
), down as (
  update media set listing = 'removed', trashed_at = null, trashed_by = null, quota_bytes = 0
  from ending where media.id = ending.id
  returning media.id, media.owner_id
), told as (
      insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
      select $13, null::uuid, owner_id, owner_id, id, $14::timestamptz from down
  ), known as (
      insert into known_bad (media_id, kind, sha256, hashes, keys, thumbhash, added_by, added_at)
      select media.id, media.kind, media.sha256, fingerprints.hashes, array(
        select distinct (place << 18)
          | substring(hashes from nth * 256 + place * 18 + 1 for 18)::bit(18)::int
        from generate_series(0, 15) as nth, generate_series(0, 3) as place,
          (select fingerprints.hashes as hashes) as fingerprint where hashes is not null),
        media.thumbhash, $15::uuid, $16::timestamptz
      from down as bad join media on media.id = bad.id left join fingerprints on fingerprints.media_id = bad.id
      where media.kind is not null and (media.sha256 is not null or fingerprints.hashes is not null)
      order by media.id
      on conflict (media_id) do update set added_by = excluded.added_by, added_at = excluded.added_at,
        lifted_by = null, lifted_at = null
      returning media_id as id
  ), audited_known as (
      insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
      select entry.id, decode(entry.row_key, 'hex'), entry.chain, entry.action, entry.actor_id,
        entry.subject_kind, entry.subject_id, entry.detail, entry.at
      from known as happened join jsonb_to_recordset($17::jsonb)
        as entry (id uuid, row_key text, chain uuid, action text, actor_id uuid, subject_kind text, subject_id uuid,
          detail jsonb, at timestamptz)
        on entry.subject_id = happened.id
      -- Everything has happened, with its locks, before the first head is locked; and heads are locked in one order.
      order by entry.chain, entry.id
  ), audited as (
      insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
      select entry.id, decode(entry.row_key, 'hex'), entry.chain, entry.action, entry.actor_id,
        entry.subject_kind, entry.subject_id, entry.detail, entry.at
      from down as happened join jsonb_to_recordset($18::jsonb)
        as entry (id uuid, row_key text, chain uuid, action text, actor_id uuid, subject_kind text, subject_id uuid,
          detail jsonb, at timestamptz)
        on entry.subject_id = happened.id
      -- Everything has happened, with its locks, before the first head is locked; and heads are locked in one order.
      order by entry.chain, entry.id)
  select id from down;

-- findReviewTiers, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "value"
from "site_settings"
where ("site_settings"."name" = $1 and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $2 and "asking"."role" in ($3, $4) and "sessions"."expires_at" > $5::timestamptz and "sessions"."stepped_up_until" > $6::timestamptz)));

-- setReviewTiers
with changed as (
    insert into "site_settings" (name, value, changed_by, changed_at)
    select 'review_tiers', $1::jsonb, $2::uuid, $3::timestamptz
    where exists (
select 1 from "sessions" join "users" as asking on asking.id = sessions.user_id
where sessions.id = $4 and asking.id = $5
  and asking.role = 'administrator' and sessions.expires_at > $6::timestamptz
  and sessions.stepped_up_until > $7::timestamptz)
    on conflict (name) do update set value = excluded.value, changed_by = excluded.changed_by,
      changed_at = excluded.changed_at
    returning name
  ), audited as (
      insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
      select $8::uuid, decode($9, 'hex'), $10::uuid,
        $11, $12::uuid, $13,
        $14::uuid, $15::jsonb, $16::timestamptz
      where (select count(*) from changed) > 0)
  select * from changed;
