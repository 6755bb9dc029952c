-- findRequests, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "group_id", "role", "joined_at", "seen_at", "notifications"
from "memberships"
where ("memberships"."group_id" = $1 and "memberships"."user_id" = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz));
select "users"."id", "users"."name", (select json_build_object('id', avatar.id, 'generation', avatar.generation) from media as avatar
  where avatar.id = users.avatar_id and avatar.owner_id = users.id and avatar.state = 'ready'
    and avatar.listing = 'listed' and avatar.purpose = 'avatar'), "join_requests"."role", "join_requests"."created_at" from "join_requests" inner join "users" on "users"."id" = "join_requests"."user_id" where ("join_requests"."group_id" = $1 and "join_requests"."declined_at" is null and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $2 and sessions.expires_at > $3::timestamptz and mine.group_id = $4::uuid
  and mine.role in ('admin', 'owner'))) order by "join_requests"."created_at" asc, "join_requests"."user_id" asc limit $5;

-- acceptRequest, one batch
select 1 from users where id = (select user_id from join_requests where ("join_requests"."group_id" = $1 and "join_requests"."user_id" = $2 and "join_requests"."declined_at" is null) and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $3 and sessions.expires_at > $4::timestamptz and mine.group_id = $5::uuid
  and mine.role in ('admin', 'owner'))) for no key update;
select 1
from groups
where id = $1::uuid for no key update;
select (select member_count >= $1 from groups where id = $2::uuid), (select count(*) >= $3 from memberships where user_id = $4::uuid) from "join_requests" where (("join_requests"."group_id" = $5 and "join_requests"."user_id" = $6 and "join_requests"."declined_at" is null) and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $7 and sessions.expires_at > $8::timestamptz and mine.group_id = $9::uuid
  and mine.role in ('admin', 'owner')));
with taken as (
    delete from "join_requests" where ("join_requests"."group_id" = $1 and "join_requests"."user_id" = $2 and "join_requests"."declined_at" is null) and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $3 and sessions.expires_at > $4::timestamptz and mine.group_id = $5::uuid
  and mine.role in ('admin', 'owner'))
      and not (select member_count >= $6 from groups where id = $7::uuid) and not (select count(*) >= $8 from memberships where user_id = $9::uuid)
    returning role
  ), forgotten as (
    delete from removed_members using taken where group_id = $10::uuid and user_id = $11::uuid
  ), joined as (
    insert into memberships (group_id, user_id, role, joined_at, seen_at)
    select $12::uuid, $13::uuid, role, $14::timestamptz, $15::timestamptz from taken
    on conflict (group_id, user_id) do nothing
    returning group_id
  ), told as (
    insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
    select $16, group_id, $17::uuid, $18::uuid, null::uuid, $19::timestamptz from joined
  ), audited as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select $20::uuid, decode($21, 'hex'), $22::uuid,
      $23, $24::uuid, $25,
      $26::uuid, $27::jsonb, $28::timestamptz
    where (select count(*) from joined) > 0
  )
  update groups set member_count = member_count + 1, active_at = $29::timestamptz
  from joined where groups.id = joined.group_id
  returning groups.id;

-- declineRequest, one batch
select 1
from groups
where id = $1::uuid for no key update;
with ended as (update "join_requests" set declined_at = $1::timestamptz
    where ("join_requests"."group_id" = $2 and "join_requests"."user_id" = $3 and "join_requests"."declined_at" is null) and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $4 and sessions.expires_at > $5::timestamptz and mine.group_id = $6::uuid
  and mine.role in ('admin', 'owner')) returning invite_id), given as (update invites set uses = uses - 1 from ended where invites.id = ended.invite_id and invites.uses > 0), audited as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select $7::uuid, decode($8, 'hex'), $9::uuid,
      $10, $11::uuid, $12,
      $13::uuid, $14::jsonb, $15::timestamptz
    where (select count(*) from ended) > 0)
  select 1 from ended;

-- withdrawRequest, one batch
select 1
from groups
where id = $1::uuid for no key update;
with ended as (delete from "join_requests" where ("join_requests"."group_id" = $1 and "join_requests"."user_id" = $2 and "join_requests"."declined_at" is null)
    and exists (
select 1 from sessions where sessions.id = $3 and sessions.user_id = $4::uuid
  and sessions.expires_at > $5::timestamptz) returning invite_id), given as (update invites set uses = uses - 1 from ended where invites.id = ended.invite_id and invites.uses > 0)
  select 1 from ended;

-- findMyRequests, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "groups"."id", "groups"."name", "join_requests"."created_at"
from "join_requests"
inner join "groups" on "groups"."id" = "join_requests"."group_id"
where ("join_requests"."user_id" = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz) and "join_requests"."declined_at" is null)
order by "join_requests"."created_at" asc;
