-- createGroup, one batch
select 1
from users
where id = ($1::uuid) for no key update;
with made as (
  insert into "groups" (id, name, description, joining, created_at, active_at, member_count)
  select $1::uuid, $2, $3, $4,
    $5::timestamptz, $6::timestamptz, 1
  where exists (
select 1 from sessions where sessions.id = $7 and sessions.user_id = $8::uuid
  and sessions.expires_at > $9::timestamptz)
    and (select count(*) from "memberships" where user_id = $10::uuid) < $11
  returning id
), audited as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select $12::uuid, decode($13, 'hex'), $14::uuid,
      $15, $16::uuid, $17,
      $18::uuid, $19::jsonb, $20::timestamptz
    where (select count(*) from made) > 0
)
insert into "memberships" (group_id, user_id, role, joined_at, seen_at)
select id, $21::uuid, 'owner', $22::timestamptz, $23::timestamptz from made
returning group_id;

-- findMyGroups, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "groups"."id", "groups"."name", "memberships"."role", groups.member_count - (
    select count(*) from memberships as unmet where unmet.group_id = groups.id and unmet.user_id = any(array(select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $3 and sessions.expires_at > $4::timestamptz)))
      and not exists (select 1 from memberships as mine where mine.group_id = groups.id and mine.user_id = (select sessions.user_id from sessions where sessions.id = $5 and sessions.expires_at > $6::timestamptz)
        and mine.role in ('admin', 'owner'))), greatest("groups"."active_at", (select published_at from "media"
where group_id = "groups"."id" and is_in_gallery order by published_at desc limit 1)), (
    select json_build_object('id', cover.id, 'generation', cover.generation) from "media" as cover
    where cover.id = groups.cover_id and cover.group_id = groups.id and cover.state = 'ready'
      and cover.listing = 'listed' and cover.derivatives is not null
      and (cover.purpose = 'cover' or cover.owner_id not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $7 and sessions.expires_at > $8::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $9 and sessions.expires_at > $10::timestamptz)))), (select count(*) from (select 1 from "media" where group_id = "groups"."id"
      and is_in_gallery and published_at > "memberships"."seen_at" and owner_id <> "memberships"."user_id"
      and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $11 and sessions.expires_at > $12::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $13 and sessions.expires_at > $14::timestamptz)) limit $15) as unseen), case when "memberships"."role" in ('admin', 'owner') then (
      select count(*) from join_requests where group_id = "groups"."id" and declined_at is null) else 0 end, (
      select json_agg(json_build_object('id', shown.id, 'name', shown.name, 'avatar', shown.avatar)
        order by shown.is_self desc, shown.joined_at, shown.id)
      from (select users.id, users.name, member.joined_at, member.user_id = "memberships"."user_id" as is_self,
          (select json_build_object('id', avatar.id, 'generation', avatar.generation) from media as avatar
    where avatar.id = users.avatar_id and avatar.owner_id = users.id and avatar.state = 'ready'
      and avatar.listing = 'listed' and avatar.purpose = 'avatar') as avatar
        from memberships as member join users on users.id = member.user_id where member.group_id = "groups"."id"
          and member.user_id not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $16 and sessions.expires_at > $17::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $18 and sessions.expires_at > $19::timestamptz))
        order by member.user_id = "memberships"."user_id" desc, member.joined_at, users.id limit $20
      ) as shown) from "memberships" inner join "groups" on "groups"."id" = "memberships"."group_id" where "memberships"."user_id" = (select sessions.user_id from sessions where sessions.id = $21 and sessions.expires_at > $22::timestamptz) order by greatest("groups"."active_at", (select published_at from "media"
where group_id = "groups"."id" and is_in_gallery order by published_at desc limit 1)) desc, "groups"."id" desc;

-- findGroup, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "group_id", "role", "joined_at", "seen_at", "notifications"
from "memberships"
where ("memberships"."group_id" = $1 and "memberships"."user_id" = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz));
select "id", "name", "description", "joining", "location_policy", groups.member_count - (
  select count(*) from memberships as unmet where unmet.group_id = groups.id and unmet.user_id = any(array(select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $3 and sessions.expires_at > $4::timestamptz)))
    and not exists (select 1 from memberships as mine where mine.group_id = groups.id and mine.user_id = (select sessions.user_id from sessions where sessions.id = $5 and sessions.expires_at > $6::timestamptz)
      and mine.role in ('admin', 'owner'))), "created_at", (
  select json_build_object('id', cover.id, 'generation', cover.generation) from "media" as cover
  where cover.id = groups.cover_id and cover.group_id = groups.id and cover.state = 'ready'
    and cover.listing = 'listed' and cover.derivatives is not null
    and (cover.purpose = 'cover' or cover.owner_id not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $7 and sessions.expires_at > $8::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $9 and sessions.expires_at > $10::timestamptz)))), "cover_id", (select count(*) from "media" where group_id = groups.id and is_in_gallery
    and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $11 and sessions.expires_at > $12::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $13 and sessions.expires_at > $14::timestamptz))) from "groups" where ("groups"."id" = $15 and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $16 and sessions.expires_at > $17::timestamptz and mine.group_id = $18::uuid
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')));

-- editGroup, one batch
update "groups" set "name" = $1, "cover_id" = $2, "active_at" = $3 where ("groups"."id" = $4 and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $5 and sessions.expires_at > $6::timestamptz and mine.group_id = $7::uuid
  and mine.role in ('admin', 'owner')) and exists (select 1 from "media" where id = $8::uuid and group_id = "groups"."id" and state = 'ready'
      and listing = 'listed' and derivatives is not null)) returning "id", set_config($9, old.joining, true);
with ending as (
  select id, owner_id, incoming_key, multipart_upload_id, quota_bytes, published_at is not null as was_shown from "media"
  where "media"."group_id" = $1 and "media"."purpose" = 'cover' and "media"."state" = 'ready'
    and "media"."id" is distinct from (select cover_id from groups where id = $2::uuid)
    and exists (
  select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
  where sessions.id = $3 and sessions.expires_at > $4::timestamptz and mine.group_id = $5::uuid
    and mine.role in ('admin', 'owner')) order by id for update
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
  select id, incoming_key, multipart_upload_id, $6, was_shown, $7::timestamptz, $8::timestamptz from ending order by id
  on conflict (media_id, generation) do update set
    reason = excluded.reason, asks = deletions.asks + 1, attempts = 0,
    created_at = excluded.created_at, next_try_at = excluded.next_try_at,
    incoming_key = coalesce(excluded.incoming_key, deletions.incoming_key),
    multipart_upload_id = coalesce(excluded.multipart_upload_id, deletions.multipart_upload_id),
    was_shown = deletions.was_shown or excluded.was_shown,
    gone_at = null, invalidation_id = null, invalidated_at = null, done_at = null)
delete from media using ending where media.id = ending.id
returning media.id;
insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
select $1::uuid, decode($2, 'hex'), $3::uuid,
  $4, $5::uuid, $6,
  $7::uuid, $8::jsonb, $9::timestamptz
where (select count(*) from (select 1 where nullif(current_setting($10, true), '') is not null) as marked) > 0;

-- setLocationPolicy
with changed as (
  update groups set location_policy = $1
  where id = $2::uuid and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $3 and sessions.expires_at > $4::timestamptz and mine.group_id = $5::uuid
  and mine.role in ('owner'))
  returning id, old.location_policy as was
), audited as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select $6::uuid, decode($7, 'hex'), $8::uuid,
      $9, $10::uuid, $11,
      $12::uuid, jsonb_build_object('from', (select was from changed), 'to', $13::text), $14::timestamptz
    where (select count(*) from changed where was <> $15) > 0
)
select id from changed;
