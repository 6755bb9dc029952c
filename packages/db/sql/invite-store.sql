-- createInvite, one batch
select 1
from groups
where id = $1::uuid for no key update;
with made as (
    insert into invites (id, group_id, code, role, needs_approval, created_by, created_at, expires_at, uses_max)
    select $1::uuid, id, $2, $3, $4,
      $5::uuid, $6::timestamptz,
      $7::timestamptz::timestamptz, $8::int
    from groups where id = $9::uuid and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $10 and sessions.expires_at > $11::timestamptz and mine.group_id = $12::uuid
  and mine.role in ('admin', 'owner'))
      and (select count(*) from invites where group_id = groups.id and invites.revoked_at is null and (invites.expires_at is null or invites.expires_at > $13::timestamptz)
  and (invites.uses_max is null or invites.uses < invites.uses_max)) < $14
    returning id
  ), audited as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select $15::uuid, decode($16, 'hex'), $17::uuid,
      $18, $19::uuid, $20,
      $21::uuid, $22::jsonb, $23::timestamptz
    where (select count(*) from made) > 0
  )
  select id from made;

-- findInvites, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "group_id", "role", "joined_at", "seen_at", "notifications"
from "memberships"
where ("memberships"."group_id" = $1 and "memberships"."user_id" = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz));
select "invites"."id", "invites"."code", "invites"."role", "invites"."needs_approval", "invites"."created_at", "invites"."expires_at", "invites"."uses_max", "invites"."uses", "invites"."revoked_at", "users"."name" from "invites" left join "users" on "users"."id" = "invites"."created_by" where ("invites"."group_id" = $1 and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $2 and sessions.expires_at > $3::timestamptz and mine.group_id = $4::uuid
  and mine.role in ('admin', 'owner'))) order by "invites"."id" desc limit $5;

-- revokeInvite
with revoked as (
  update invites set revoked_at = coalesce(revoked_at, $1::timestamptz)
  where id = $2::uuid and group_id = $3::uuid and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $4 and sessions.expires_at > $5::timestamptz and mine.group_id = $6::uuid
  and mine.role in ('admin', 'owner'))
  returning id, old.revoked_at as was
), audited as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select $7::uuid, decode($8, 'hex'), $9::uuid,
      $10, $11::uuid, $12,
      $13::uuid, $14::jsonb, $15::timestamptz
    where (select count(*) from revoked where was is null) > 0
)
select id from revoked;

-- previewInvite, one batch
insert into "rate_limits" ("key", "window_seconds", "window_start", "count")
values ($1, $2, $3, $4)
on conflict ("key","window_seconds","window_start") do update
set "count" = "rate_limits"."count" + 1
returning "key", "window_seconds", "window_start", "count";
select "groups"."id", "groups"."name", "groups"."description", groups.member_count - (
select count(*) from memberships as unmet where unmet.group_id = groups.id and unmet.user_id = any(array(select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $3 and sessions.expires_at > $4::timestamptz)))
  and not exists (select 1 from memberships as mine where mine.group_id = groups.id and mine.user_id = (select sessions.user_id from sessions where sessions.id = $5 and sessions.expires_at > $6::timestamptz)
    and mine.role in ('admin', 'owner'))), (
select json_build_object('id', cover.id, 'generation', cover.generation) from "media" as cover
where cover.id = groups.cover_id and cover.group_id = groups.id and cover.state = 'ready'
  and cover.listing = 'listed' and cover.derivatives is not null
  and (cover.purpose = 'cover' or cover.owner_id not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $7 and sessions.expires_at > $8::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $9 and sessions.expires_at > $10::timestamptz)))), "invites"."role", case when "users"."id" = any(array(select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $11 and sessions.expires_at > $12::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $13 and sessions.expires_at > $14::timestamptz))) then null else "users"."name" end, (invites.needs_approval or groups.joining = 'approval'
  or exists (select 1 from removed_members where group_id = groups.id and user_id = (select sessions.user_id from sessions where sessions.id = $15 and sessions.expires_at > $16::timestamptz))), exists (select 1 from memberships where group_id = "groups"."id" and user_id = (select sessions.user_id from sessions where sessions.id = $17 and sessions.expires_at > $18::timestamptz)), exists (select 1 from "join_requests" where group_id = "groups"."id" and user_id = (select sessions.user_id from sessions where sessions.id = $19 and sessions.expires_at > $20::timestamptz)
  and declined_at is null), exists (select 1 from "join_requests" where group_id = "groups"."id" and user_id = (select sessions.user_id from sessions where sessions.id = $21 and sessions.expires_at > $22::timestamptz)
  and declined_at is not null and invite_id = "invites"."id") from "invites" inner join "groups" on "groups"."id" = "invites"."group_id" left join "users" on "users"."id" = "invites"."created_by" where ("invites"."code" = $23 and invites.revoked_at is null and (invites.expires_at is null or invites.expires_at > $24::timestamptz)
and (invites.uses_max is null or invites.uses < invites.uses_max) and (groups.joining <> 'closed' and exists (
  select 1 from memberships as inside where inside.group_id = groups.id)) and not exists (select 1 from "rate_limits" where ("rate_limits"."key" = $25 and "rate_limits"."window_seconds" = $26 and "rate_limits"."window_start" = $27 and "rate_limits"."count" > $28)));

-- joinByInvite, one batch
select 1 from users where id = (select $1::uuid where exists (
select 1 from sessions where sessions.id = $2 and sessions.user_id = $3::uuid
  and sessions.expires_at > $4::timestamptz)) for no key update;
insert into "rate_limits" ("key", "window_seconds", "window_start", "count")
values ($1, $2, $3, $4)
on conflict ("key","window_seconds","window_start") do update
set "count" = "rate_limits"."count" + 1
returning "key", "window_seconds", "window_start", "count";
with door as (
    select invites.id, invites.group_id, invites.revoked_at is null and (invites.expires_at is null or invites.expires_at > $1::timestamptz)
  and (invites.uses_max is null or invites.uses < invites.uses_max) and (groups.joining <> 'closed' and exists (
    select 1 from memberships as inside where inside.group_id = groups.id)) as is_open,
      (select count(*) from memberships where user_id = $2::uuid) >= $3 as has_too_many,
      exists (select 1 from memberships where group_id = groups.id and user_id = $4::uuid) as is_member,
      (select case when declined_at is null then 'pending' when invite_id = invites.id then 'declined' end
        from join_requests where group_id = groups.id and user_id = $5::uuid) as request
    from invites join groups on groups.id = invites.group_id where invites.code = $6 and exists (
select 1 from sessions where sessions.id = $7 and sessions.user_id = $8::uuid
  and sessions.expires_at > $9::timestamptz) and not exists (select 1 from "rate_limits" where ("rate_limits"."key" = $10 and "rate_limits"."window_seconds" = $11 and "rate_limits"."window_start" = $12 and "rate_limits"."count" > $13))
  ), house as materialized (
    select groups.id, groups.joining, groups.member_count >= $14 as is_full
    from groups join door on door.group_id = groups.id
    where door.is_open and not door.is_member and door.request is null
      and groups.joining <> 'closed' and groups.member_count > 0
    for no key update of groups
  ), used as (
    update invites set uses = invites.uses + 1 from door join house on house.id = door.group_id
    where invites.id = door.id and invites.revoked_at is null and (invites.expires_at is null or invites.expires_at > $15::timestamptz)
  and (invites.uses_max is null or invites.uses < invites.uses_max) and not house.is_full and not door.has_too_many
    returning invites.id, invites.group_id, invites.role, (invites.needs_approval or house.joining = 'approval'
    or exists (select 1 from removed_members where group_id = house.id and user_id = $16::uuid)) as must_ask
  ), joined as (
    insert into memberships (group_id, user_id, role, joined_at, seen_at)
    select group_id, $17::uuid, role, $18::timestamptz, $19::timestamptz from used where not must_ask
    returning group_id
  ), counted as (
    update groups set member_count = member_count + 1, active_at = $20::timestamptz
    from joined where groups.id = joined.group_id
  ), settled as (
    delete from join_requests using joined
    where join_requests.group_id = joined.group_id and join_requests.user_id = $21::uuid
  ), asked as (
    insert into join_requests (group_id, user_id, invite_id, role, created_at)
    select group_id, $22::uuid, id, role, $23::timestamptz from used where must_ask
    on conflict (group_id, user_id) do update set invite_id = excluded.invite_id, role = excluded.role,
      created_at = excluded.created_at, declined_at = null
    returning group_id
  ), audited as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select $24::uuid, decode($25, 'hex'), (select group_id from joined),
      $26, $27::uuid, $28,
      $29::uuid, (select jsonb_build_object('invite', id) from used), $30::timestamptz
    where (select count(*) from joined) > 0
  ), told as (
    insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
    select $31, group_id, $32::uuid, null::uuid, null::uuid, $33::timestamptz from asked
  )
  select door.group_id, door.is_member or exists (select 1 from joined) as is_member,
    case when exists (select 1 from asked) then 'pending' else door.request end as request,
    coalesce(house.is_full, false) as is_full, door.has_too_many,
    coalesce(house.is_full or door.has_too_many, false) as is_open
  from door left join house on true;
