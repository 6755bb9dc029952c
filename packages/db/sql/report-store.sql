-- reportSubject (item)
with subject as (
  select "media"."owner_id" as person_id, "media"."id" as media_id, "media"."group_id" as group_id,
    "media"."id" as picture_id, jsonb_build_object('personName', users.name,
      'groupName', groups.name, 'text', "media"."caption", 'altText', "media"."alt_text", 'kind', "media"."kind") as snapshot
  from "media" join users on users.id = "media"."owner_id" left join groups on groups.id = "media"."group_id"
  where "media"."id" = $1::uuid and "media"."owner_id" <> $2::uuid and ("media"."is_public" or "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $3 and sessions.expires_at > $4::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('viewer', 'contributor', 'admin', 'owner'))) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $5 and sessions.expires_at > $6::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $7 and sessions.expires_at > $8::timestamptz))
  and exists (
select 1 from sessions where sessions.id = $9 and sessions.user_id = $10::uuid
  and sessions.expires_at > $11::timestamptz)
), picture as (
  -- Against this lock, whoever ends the item either comes first, and it is not seen any more, or finds the evidence.
  select id, generation, kind, array_remove(array[
      case when derivatives @> '[{"name": "preview"}]' then 'preview.webp' end,
      case when has_play and bytes <= $12 then 'play' end], null) as files
  from "media" where id = (select picture_id from subject) and state = 'ready' and listing <> 'removed'
  for key share
), room as (
  select count(*) < $13::int as has_room from reports
  where reporter_id = $14::uuid and created_at > $15::timestamptz
), opened as (
  insert into cases (id, subject_kind, subject_id, person_id, media_id, group_id, opened_at, last_reported_at)
  select $16::uuid, $17, $18::uuid, person_id, media_id, group_id,
    $19::timestamptz, $20::timestamptz
  from subject, room where has_room and ($21 <> 'item' or exists (select 1 from picture))
  on conflict (subject_kind, subject_id) where state in ('open', 'quarantined')
    do update set last_reported_at = excluded.last_reported_at
  returning id
), reported as (
  insert into reports (id, case_id, reporter_id, reason, note, snapshot, created_at)
  select $22::uuid, opened.id, $23::uuid, $24, $25, snapshot, $26::timestamptz
  from opened, subject
  on conflict (case_id, reporter_id) do nothing
  returning id
), kept as (
  insert into evidence (id, case_id, media_id, generation, kind, files, created_at, next_try_at)
  select $27::uuid, opened.id, picture.id, generation, kind, files, $28::timestamptz, $29::timestamptz
  from opened, picture where files <> '{}'
  on conflict (case_id, media_id, generation) do nothing
)
select (select count(*) from subject) > 0 and ($30 <> 'item' or exists (select 1 from picture)) as is_seen,
  (select has_room from room) as has_room, exists (select 1 from reported) as is_reported;

-- reportSubject (comment)
with subject as (
  select "comments"."author_id" as person_id, "media"."id" as media_id, "media"."group_id" as group_id,
    null::uuid as picture_id, jsonb_build_object('personName', users.name,
      'groupName', groups.name, 'text', "comments"."text", 'altText', '', 'kind', null::text) as snapshot
  from "comments" join "media" on "media"."id" = "comments"."media_id" join users on users.id = "comments"."author_id"
    left join groups on groups.id = "media"."group_id"
  where "comments"."id" = $1::uuid and "comments"."author_id" <> $2::uuid and "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $3 and sessions.expires_at > $4::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $5 and sessions.expires_at > $6::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $7 and sessions.expires_at > $8::timestamptz))
    and "comments"."author_id" not in (select blocked_id from blocks where blocker_id = $9::uuid union all select blocker_id from blocks where blocked_id = $10::uuid)
  and exists (
select 1 from sessions where sessions.id = $11 and sessions.user_id = $12::uuid
  and sessions.expires_at > $13::timestamptz)
), picture as (
  -- Against this lock, whoever ends the item either comes first, and it is not seen any more, or finds the evidence.
  select id, generation, kind, array_remove(array[
      case when derivatives @> '[{"name": "preview"}]' then 'preview.webp' end,
      case when has_play and bytes <= $14 then 'play' end], null) as files
  from "media" where id = (select picture_id from subject) and state = 'ready' and listing <> 'removed'
  for key share
), room as (
  select count(*) < $15::int as has_room from reports
  where reporter_id = $16::uuid and created_at > $17::timestamptz
), opened as (
  insert into cases (id, subject_kind, subject_id, person_id, media_id, group_id, opened_at, last_reported_at)
  select $18::uuid, $19, $20::uuid, person_id, media_id, group_id,
    $21::timestamptz, $22::timestamptz
  from subject, room where has_room and ($23 <> 'item' or exists (select 1 from picture))
  on conflict (subject_kind, subject_id) where state in ('open', 'quarantined')
    do update set last_reported_at = excluded.last_reported_at
  returning id
), reported as (
  insert into reports (id, case_id, reporter_id, reason, note, snapshot, created_at)
  select $24::uuid, opened.id, $25::uuid, $26, $27, snapshot, $28::timestamptz
  from opened, subject
  on conflict (case_id, reporter_id) do nothing
  returning id
), kept as (
  insert into evidence (id, case_id, media_id, generation, kind, files, created_at, next_try_at)
  select $29::uuid, opened.id, picture.id, generation, kind, files, $30::timestamptz, $31::timestamptz
  from opened, picture where files <> '{}'
  on conflict (case_id, media_id, generation) do nothing
)
select (select count(*) from subject) > 0 and ($32 <> 'item' or exists (select 1 from picture)) as is_seen,
  (select has_room from room) as has_room, exists (select 1 from reported) as is_reported;

-- reportSubject (person)
with subject as (
  select users.id as person_id, null::uuid as media_id, null::uuid as group_id, users.avatar_id as picture_id,
    jsonb_build_object('personName', users.name, 'groupName', null, 'text', '', 'altText', '', 'kind', null) as snapshot
  from users where users.id = $1::uuid and users.id <> $2::uuid
  and exists (
select 1 from sessions where sessions.id = $3 and sessions.user_id = $4::uuid
  and sessions.expires_at > $5::timestamptz)
), picture as (
  -- Against this lock, whoever ends the item either comes first, and it is not seen any more, or finds the evidence.
  select id, generation, kind, array_remove(array[
      case when derivatives @> '[{"name": "preview"}]' then 'preview.webp' end,
      case when has_play and bytes <= $6 then 'play' end], null) as files
  from "media" where id = (select picture_id from subject) and state = 'ready' and listing <> 'removed'
  for key share
), room as (
  select count(*) < $7::int as has_room from reports
  where reporter_id = $8::uuid and created_at > $9::timestamptz
), opened as (
  insert into cases (id, subject_kind, subject_id, person_id, media_id, group_id, opened_at, last_reported_at)
  select $10::uuid, $11, $12::uuid, person_id, media_id, group_id,
    $13::timestamptz, $14::timestamptz
  from subject, room where has_room and ($15 <> 'item' or exists (select 1 from picture))
  on conflict (subject_kind, subject_id) where state in ('open', 'quarantined')
    do update set last_reported_at = excluded.last_reported_at
  returning id
), reported as (
  insert into reports (id, case_id, reporter_id, reason, note, snapshot, created_at)
  select $16::uuid, opened.id, $17::uuid, $18, $19, snapshot, $20::timestamptz
  from opened, subject
  on conflict (case_id, reporter_id) do nothing
  returning id
), kept as (
  insert into evidence (id, case_id, media_id, generation, kind, files, created_at, next_try_at)
  select $21::uuid, opened.id, picture.id, generation, kind, files, $22::timestamptz, $23::timestamptz
  from opened, picture where files <> '{}'
  on conflict (case_id, media_id, generation) do nothing
)
select (select count(*) from subject) > 0 and ($24 <> 'item' or exists (select 1 from picture)) as is_seen,
  (select has_room from room) as has_room, exists (select 1 from reported) as is_reported;
