-- decideCase (dismiss), one batch
select 1 from users where id = (select owner_id from "media" where media.id = (
select case subject_kind when 'item' then media_id
  when 'person' then (select avatar_id from users where users.id = person_id) end
from cases where cases.id = $1::uuid)) for key share;
with item as materialized (select id from "media" where media.id = (
  select case subject_kind when 'item' then media_id
    when 'person' then (select avatar_id from users where users.id = person_id) end
  from cases where cases.id = $1::uuid) for update)
select 1 from cases where id = $2::uuid and (select count(*) from item) >= 0 for update;
with item as (
  select id, listing, owner_id, group_id from "media" where media.id = (
    select case subject_kind when 'item' then media_id
      when 'person' then (select avatar_id from users where users.id = person_id) end
    from cases where cases.id = $1::uuid)
), found as (
  select * from cases where id = $2::uuid
    and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $3 and "asking"."id" = $4 and "asking"."role" in ($5, $6) and "sessions"."expires_at" > $7 and "sessions"."stepped_up_until" > $8)) and person_id <> $9::uuid
), judged as (
  select * from found where state in ($10)
), done as (select null as listing_before from judged), closed as (
  update cases set state = $11, decided_by = $12::uuid, decided_at = $13::timestamptz,
    decision_note = $14, listing_before = coalesce((select listing_before from done), cases.listing_before)
  from judged where cases.id = judged.id and exists (select 1 from done)
  returning cases.id, cases.subject_kind
), told as (
    insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
    select $15, null::uuid, reporter_id, reporter_id, null::uuid, $16::timestamptz from reports join closed on closed.id = reports.case_id), audited_comment as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select $17::uuid, decode($18, 'hex'), $19::uuid,
      $20, $21::uuid, $22,
      $23::uuid, (select jsonb_build_object('subject', subject_kind, 'subjectId', subject_id, 'personId', person_id,
  'from', state, 'reports', (select count(*) from reports where case_id = cases.id))
from cases where id = $24::uuid), $25::timestamptz
    where (select count(*) from (select 1 from closed where subject_kind = 'comment') as comment) > 0), audited as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select $26::uuid, decode($27, 'hex'), $28::uuid,
      $29, $30::uuid, $31,
      $32::uuid, (select jsonb_build_object('subject', subject_kind, 'subjectId', subject_id, 'personId', person_id,
  'from', state, 'reports', (select count(*) from reports where case_id = cases.id))
from cases where id = $33::uuid), $34::timestamptz
    where (select count(*) from (select 1 from closed where subject_kind <> 'comment') as other) > 0)
select (select state from found) as state, exists (select 1 from closed) as is_done;

-- decideCase (quarantine), one batch
select 1 from users where id = (select owner_id from "media" where media.id = (
select case subject_kind when 'item' then media_id
  when 'person' then (select avatar_id from users where users.id = person_id) end
from cases where cases.id = $1::uuid)) for key share;
with item as materialized (select id from "media" where media.id = (
  select case subject_kind when 'item' then media_id
    when 'person' then (select avatar_id from users where users.id = person_id) end
  from cases where cases.id = $1::uuid) for update)
select 1 from cases where id = $2::uuid and (select count(*) from item) >= 0 for update;
with item as (
  select id, listing, owner_id, group_id from "media" where media.id = (
    select case subject_kind when 'item' then media_id
      when 'person' then (select avatar_id from users where users.id = person_id) end
    from cases where cases.id = $1::uuid)
), found as (
  select * from cases where id = $2::uuid
    and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $3 and "asking"."id" = $4 and "asking"."role" in ($5, $6) and "sessions"."expires_at" > $7 and "sessions"."stepped_up_until" > $8)) and person_id <> $9::uuid
), judged as (
  select * from found where state in ($10)
), aside as (
  update "media" set listing = 'quarantined', trashed_at = null, trashed_by = null
  from item, judged where media.id = item.id and judged.subject_kind = 'item' and media.state = 'ready'
    and media.listing in ('listed', 'trashed', 'held')
  returning media.id, media.owner_id, item.listing
), told_owner as (
    insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
    select $11, null::uuid, owner_id, owner_id, id, $12::timestamptz from aside), done as (select listing as listing_before from aside), closed as (
  update cases set state = $13, decided_by = $14::uuid, decided_at = $15::timestamptz,
    decision_note = $16, listing_before = coalesce((select listing_before from done), cases.listing_before)
  from judged where cases.id = judged.id and exists (select 1 from done)
  returning cases.id, cases.subject_kind
), audited_comment as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select $17::uuid, decode($18, 'hex'), $19::uuid,
      $20, $21::uuid, $22,
      $23::uuid, (select jsonb_build_object('subject', subject_kind, 'subjectId', subject_id, 'personId', person_id,
  'from', state, 'reports', (select count(*) from reports where case_id = cases.id))
from cases where id = $24::uuid), $25::timestamptz
    where (select count(*) from (select 1 from closed where subject_kind = 'comment') as comment) > 0), audited as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select $26::uuid, decode($27, 'hex'), $28::uuid,
      $29, $30::uuid, $31,
      $32::uuid, (select jsonb_build_object('subject', subject_kind, 'subjectId', subject_id, 'personId', person_id,
  'from', state, 'reports', (select count(*) from reports where case_id = cases.id))
from cases where id = $33::uuid), $34::timestamptz
    where (select count(*) from (select 1 from closed where subject_kind <> 'comment') as other) > 0)
select (select state from found) as state, exists (select 1 from closed) as is_done;

-- decideCase (restore), one batch
select 1 from users where id = (select owner_id from "media" where media.id = (
select case subject_kind when 'item' then media_id
  when 'person' then (select avatar_id from users where users.id = person_id) end
from cases where cases.id = $1::uuid)) for key share;
with item as materialized (select id from "media" where media.id = (
  select case subject_kind when 'item' then media_id
    when 'person' then (select avatar_id from users where users.id = person_id) end
  from cases where cases.id = $1::uuid) for update)
select 1 from cases where id = $2::uuid and (select count(*) from item) >= 0 for update;
with item as (
  select id, listing, owner_id, group_id from "media" where media.id = (
    select case subject_kind when 'item' then media_id
      when 'person' then (select avatar_id from users where users.id = person_id) end
    from cases where cases.id = $1::uuid)
), found as (
  select * from cases where id = $2::uuid
    and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $3 and "asking"."id" = $4 and "asking"."role" in ($5, $6) and "sessions"."expires_at" > $7 and "sessions"."stepped_up_until" > $8)) and person_id <> $9::uuid
), judged as (
  select * from found where state in ($10)
), back as (
  update "media" set listing = place.listing,
    trashed_at = case when place.listing = 'trashed' then $11::timestamptz end
  from judged, item, lateral (select case when judged.listing_before <> 'listed' then judged.listing_before
    when item.group_id is not null and not exists (
      select 1 from memberships where group_id = item.group_id and user_id = item.owner_id) then 'trashed'
    when exists (
  select 1 from users as banned join bans on bans.id = banned.ban_id
  where banned.id = item.owner_id and bans.items = 'withdraw' and bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $12::timestamptz)) then 'withdrawn' else 'listed' end as listing) as place
  where media.id = item.id and judged.subject_kind = 'item' and media.listing = 'quarantined'
  returning media.id, media.owner_id
), told_owner as (
    insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
    select $13, null::uuid, owner_id, owner_id, id, $14::timestamptz from back), done as (select null as listing_before from judged), closed as (
  update cases set state = $15, decided_by = $16::uuid, decided_at = $17::timestamptz,
    decision_note = $18, listing_before = coalesce((select listing_before from done), cases.listing_before)
  from judged where cases.id = judged.id and exists (select 1 from done)
  returning cases.id, cases.subject_kind
), told as (
    insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
    select $19, null::uuid, reporter_id, reporter_id, null::uuid, $20::timestamptz from reports join closed on closed.id = reports.case_id), audited_comment as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select $21::uuid, decode($22, 'hex'), $23::uuid,
      $24, $25::uuid, $26,
      $27::uuid, (select jsonb_build_object('subject', subject_kind, 'subjectId', subject_id, 'personId', person_id,
  'from', state, 'reports', (select count(*) from reports where case_id = cases.id))
from cases where id = $28::uuid), $29::timestamptz
    where (select count(*) from (select 1 from closed where subject_kind = 'comment') as comment) > 0), audited as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select $30::uuid, decode($31, 'hex'), $32::uuid,
      $33, $34::uuid, $35,
      $36::uuid, (select jsonb_build_object('subject', subject_kind, 'subjectId', subject_id, 'personId', person_id,
  'from', state, 'reports', (select count(*) from reports where case_id = cases.id))
from cases where id = $37::uuid), $38::timestamptz
    where (select count(*) from (select 1 from closed where subject_kind <> 'comment') as other) > 0)
select (select state from found) as state, exists (select 1 from closed) as is_done;

-- decideCase (remove), one batch
select 1 from users where id = (select owner_id from "media" where media.id = (
select case subject_kind when 'item' then media_id
  when 'person' then (select avatar_id from users where users.id = person_id) end
from cases where cases.id = $1::uuid)) for key share;
with item as materialized (select id from "media" where media.id = (
  select case subject_kind when 'item' then media_id
    when 'person' then (select avatar_id from users where users.id = person_id) end
  from cases where cases.id = $1::uuid) for update)
select 1 from cases where id = $2::uuid and (select count(*) from item) >= 0 for update;
with item as (
    select id, listing, owner_id, group_id from "media" where media.id = (
      select case subject_kind when 'item' then media_id
        when 'person' then (select avatar_id from users where users.id = person_id) end
      from cases where cases.id = $1::uuid)
  ), found as (
    select * from cases where id = $2::uuid
      and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $3 and "asking"."id" = $4 and "asking"."role" in ($5, $6) and "sessions"."expires_at" > $7 and "sessions"."stepped_up_until" > $8)) and person_id <> $9::uuid
  ), judged as (
    select * from found where state in ($10, $11)
  ), ending as (
  select id, owner_id, incoming_key, multipart_upload_id, quota_bytes, published_at is not null as was_shown from "media"
  where media.id = (select item.id from item, judged where subject_kind <> 'comment') and "media"."state" = 'ready' and "media"."listing" <> 'removed' order by id for update
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
  select id, incoming_key, multipart_upload_id, $12, was_shown, $13::timestamptz, $14::timestamptz from ending order by id
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
), told_owner as (
      insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
      select $15, null::uuid, owner_id, owner_id, id, $16::timestamptz from down), known as (
      insert into known_bad (media_id, kind, sha256, hashes, keys, thumbhash, added_by, added_at)
      select media.id, media.kind, media.sha256, fingerprints.hashes, array(
        select distinct (place << 18)
          | substring(hashes from nth * 256 + place * 18 + 1 for 18)::bit(18)::int
        from generate_series(0, 15) as nth, generate_series(0, 3) as place,
          (select fingerprints.hashes as hashes) as fingerprint where hashes is not null),
        media.thumbhash, $17::uuid, $18::timestamptz
      from down as bad join media on media.id = bad.id left join fingerprints on fingerprints.media_id = bad.id
      where media.kind is not null and (media.sha256 is not null or fingerprints.hashes is not null)
      order by media.id
      on conflict (media_id) do update set added_by = excluded.added_by, added_at = excluded.added_at,
        lifted_by = null, lifted_at = null
      returning media_id as id
  ), audited_known as (
      insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
      select $19::uuid, decode($20, 'hex'), $21::uuid,
        $22, $23::uuid, $24,
        (select id from known), $25::jsonb, $26::timestamptz
      where (select count(*) from known) > 0
  ), gone as (
    delete from comments using judged
    where judged.subject_kind = 'comment' and comments.id = judged.subject_id
    returning comments.media_id, comments.author_id
  ), counted as (
    update "media" set comment_count = comment_count - 1 from gone where media.id = gone.media_id
  ), told_author as (
      insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
      select $27, null::uuid, author_id, author_id, null::uuid, $28::timestamptz from gone
  ), done as (
    select null as listing_before from judged where subject_kind <> 'person' or exists (select 1 from down)), closed as (
    update cases set state = $29, decided_by = $30::uuid, decided_at = $31::timestamptz,
      decision_note = $32, listing_before = coalesce((select listing_before from done), cases.listing_before)
    from judged where cases.id = judged.id and exists (select 1 from done)
    returning cases.id, cases.subject_kind
  ), told as (
      insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
      select $33, null::uuid, reporter_id, reporter_id, null::uuid, $34::timestamptz from reports join closed on closed.id = reports.case_id), audited_comment as (
      insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
      select $35::uuid, decode($36, 'hex'), $37::uuid,
        $38, $39::uuid, $40,
        $41::uuid, (select jsonb_build_object('subject', subject_kind, 'subjectId', subject_id, 'personId', person_id,
    'from', state, 'reports', (select count(*) from reports where case_id = cases.id))
  from cases where id = $42::uuid), $43::timestamptz
      where (select count(*) from (select 1 from closed where subject_kind = 'comment') as comment) > 0), audited as (
      insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
      select $44::uuid, decode($45, 'hex'), $46::uuid,
        $47, $48::uuid, $49,
        $50::uuid, (select jsonb_build_object('subject', subject_kind, 'subjectId', subject_id, 'personId', person_id,
    'from', state, 'reports', (select count(*) from reports where case_id = cases.id))
  from cases where id = $51::uuid), $52::timestamptz
      where (select count(*) from (select 1 from closed where subject_kind <> 'comment') as other) > 0)
  select (select state from found) as state, exists (select 1 from closed) as is_done;

-- breakGlass
with viewed as (
    select id, generation, kind, has_play from "media"
    where id = $1::uuid and state = 'ready' and listing <> 'removed' and exists (
select 1 from "sessions" join "users" as asking on asking.id = sessions.user_id
where sessions.id = $2 and asking.id = $3
  and asking.role = 'administrator' and sessions.expires_at > $4::timestamptz
  and sessions.stepped_up_until > $5::timestamptz)
  ), audited as (
      insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
      select $6::uuid, decode($7, 'hex'), $8::uuid,
        $9, $10::uuid, $11,
        $12::uuid, $13::jsonb, $14::timestamptz
      where (select count(*) from viewed) > 0)
  select * from viewed;
