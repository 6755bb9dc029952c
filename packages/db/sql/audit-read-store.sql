-- findAuditEntries, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "audit_entries"."id", "audit_entries"."seq", "audit_entries"."at", "audit_entries"."action", "audit_entries"."chain", "groups"."name", "audit_entries"."actor_id", "actor"."name", "audit_entries"."subject_kind", "audit_entries"."subject_id", "subject"."name", "audit_entries"."detail", encode("audit_entries"."mac", 'hex') from "audit_entries" left join "groups" on "groups"."id" = "audit_entries"."chain" left join "users" "actor" on "actor"."id" = "audit_entries"."actor_id" left join "users" "subject" on "subject"."id" = "audit_entries"."subject_id" and "audit_entries"."subject_kind" = 'user' where (exists (
select 1 from sessions join users as asking on asking.id = sessions.user_id
where sessions.id = $1 and asking.role = 'administrator' and sessions.expires_at > $2::timestamptz
  and sessions.stepped_up_until > $3::timestamptz) and "audit_entries"."chain" = $4 and "audit_entries"."action" = $5 and "audit_entries"."actor_id" = $6 and "audit_entries"."subject_id" = $7 and "audit_entries"."at" >= $8::timestamptz and "audit_entries"."at" < $9::timestamptz and "audit_entries"."seq" < (select seq from audit_entries as last where last.id = $10::uuid)) order by "audit_entries"."seq" desc limit $11;

-- findGroupAuditEntries, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "group_id", "role", "joined_at", "seen_at", "notifications"
from "memberships"
where ("memberships"."group_id" = $1 and "memberships"."user_id" = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz));
select "audit_entries"."id", "audit_entries"."seq", "audit_entries"."at", "audit_entries"."action", "audit_entries"."chain", "groups"."name", "audit_entries"."actor_id", "actor"."name", "audit_entries"."subject_kind", "audit_entries"."subject_id", "subject"."name", "audit_entries"."detail", encode("audit_entries"."mac", 'hex') from "audit_entries" left join "groups" on "groups"."id" = "audit_entries"."chain" left join "users" "actor" on "actor"."id" = "audit_entries"."actor_id" left join "users" "subject" on "subject"."id" = "audit_entries"."subject_id" and "audit_entries"."subject_kind" = 'user' where (exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $1 and sessions.expires_at > $2::timestamptz and mine.group_id = $3::uuid
  and mine.role in ('admin', 'owner')) and "audit_entries"."chain" = $4 and "audit_entries"."seq" < (select seq from audit_entries as last where last.id = $5::uuid)) order by "audit_entries"."seq" desc limit $6;

-- noteExport
with allowed as (select 1 where exists (
select 1 from "sessions" join "users" as asking on asking.id = sessions.user_id
where sessions.id = $1 and asking.id = $2
  and asking.role = 'administrator' and sessions.expires_at > $3::timestamptz
  and sessions.stepped_up_until > $4::timestamptz)), audited as (
      insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
      select $5::uuid, decode($6, 'hex'), $7::uuid,
        $8, $9::uuid, $10,
        $11::uuid, $12::jsonb, $13::timestamptz
      where (select count(*) from allowed) > 0)
  select 1 from allowed;

-- noteGroupExport
with allowed as (select 1 where exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $1 and sessions.expires_at > $2::timestamptz and mine.group_id = $3::uuid
  and mine.role in ('admin', 'owner'))), audited as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select $4::uuid, decode($5, 'hex'), $6::uuid,
      $7, $8::uuid, $9,
      $10::uuid, $11::jsonb, $12::timestamptz
    where (select count(*) from allowed) > 0)
select 1 from allowed;
