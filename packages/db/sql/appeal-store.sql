-- appealBan, one batch
insert into "rate_limits" ("key", "window_seconds", "window_start", "count")
values ($1, $2, $3, $4)
on conflict ("key","window_seconds","window_start") do update
set "count" = "rate_limits"."count" + 1
returning "key", "window_seconds", "window_start", "count";
with attempt as (
update "verifications"
set attempts = attempts + 1,
  consumed_at = case when code_hash = $1 and not is_decoy then $2::timestamptz end
where id = $3::uuid and purpose = $4
  and consumed_at is null and attempts < $5 and expires_at > $6::timestamptz
   and not exists (select 1 from "rate_limits" where ("rate_limits"."key" = $7 and "rate_limits"."window_seconds" = $8 and "rate_limits"."window_start" = $9 and "rate_limits"."count" > $10))
returning *, consumed_at is not null as is_right
  ), ban as (
    select bans.id, bans.user_id, attempt.email from attempt join bans
      on bans.address_hash = attempt.address_hash or bans.user_id = attempt.user_id
    where attempt.is_right and bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $11::timestamptz) order by bans.banned_at desc limit 1
  ), opened as (
    insert into appeals (id, subject, subject_id, user_id, email, text, created_at)
    select $12::uuid, 'ban', id, user_id, email, $13, $14::timestamptz from ban on conflict (subject, subject_id) where decided_at is null do nothing returning id
  )
  select exists (select 1 from "verifications" where id = $15::uuid and purpose = $16) as is_known, (select is_right from attempt) as is_right,
    exists (select 1 from ban) as is_banned, exists (select 1 from opened) as is_opened;

-- appealItem
with item as (
  select media.id, users.id as user_id, users.email from media join users on users.id = media.owner_id
  where media.id = $1::uuid and users.id = $2::uuid and media.purpose = 'item'
    and media.listing in ('quarantined', 'removed') and exists (
select 1 from sessions where sessions.id = $3 and sessions.user_id = $4::uuid
  and sessions.expires_at > $5::timestamptz)
), opened as (
  insert into appeals (id, subject, subject_id, user_id, email, text, created_at)
  select $6::uuid, 'item', id, user_id, email, $7, $8::timestamptz from item on conflict (subject, subject_id) where decided_at is null do nothing returning id
)
select exists (select 1 from item) as is_there, exists (select 1 from opened) as is_opened;

-- decideAppeal, one batch
select 1
from users
where id = (select user_id from appeals where id = $1::uuid) for update;

      select 1
from media
where id = (select subject_id from appeals where id = $1::uuid and subject = 'item') for update;
with found as (
  select * from appeals where id = $1::uuid and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $2 and "asking"."id" = $3 and "asking"."role" in ($4, $5) and "sessions"."expires_at" > $6 and "sessions"."stepped_up_until" > $7)) for update
), verdict as (
  select found.*, case
    when found.decided_at is not null then 'appeal_decided'
    when found.user_id = $8::uuid then 'own_decision'
    when case when found.subject = 'ban'
      then (select bans.banned_by from bans where bans.id = found.subject_id)
      else (select cases.decided_by from cases where cases.subject_kind = 'item' and cases.subject_id = found.subject_id
        and cases.decided_by is not null order by cases.decided_at desc limit 1) end = $9::uuid and exists (
    select 1 from users as other where other.role in ('moderator', 'administrator') and other.id <> $10::uuid
      and other.id <> found.user_id and (other.ban_id is null or exists (
  select 1 from bans where bans.id = other.ban_id and not (bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $11::timestamptz))))) then 'own_decision'
    else 'decided' end as verdict
  from found
), decided as (
  update appeals set decided_by = $12::uuid, decided_at = $13::timestamptz, outcome = $14, answer = $15,
    email = null
  from verdict where appeals.id = verdict.id and verdict.verdict = 'decided'
  returning set_config($16, 'yes', true)
)
select verdict.verdict as outcome, verdict.subject, verdict.email,
  (select name from users where users.id = verdict.user_id) as name
from verdict;
with lifted as (
  update bans set lifted_at = $1::timestamptz, lifted_by = $2::uuid
  where bans.id = (select subject_id from appeals
    where id = $3::uuid and subject = $4 and outcome = 'granted' and nullif(current_setting($5, true), '') is not null) and bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $6::timestamptz)
  returning id, user_id, set_config($7, 'yes', true)
), let_in as (
  update users set ban_id = null from lifted where users.ban_id = lifted.id
)
select users.name, users.email from lifted left join users on users.id = lifted.user_id;
update media set listing = 'listed' from bans
where bans.id = (select subject_id from appeals
    where id = $1::uuid and subject = $2 and outcome = 'granted' and nullif(current_setting($3, true), '') is not null) and media.owner_id = bans.user_id and media.listing = 'withdrawn';
with aside as (
  select media.id, case when coalesce(cases.listing_before, 'listed') <> 'listed' then coalesce(cases.listing_before, 'listed')
    when media.group_id is not null and not exists (
      select 1 from memberships where group_id = media.group_id and user_id = media.owner_id) then 'trashed'
    when exists (
  select 1 from users as banned join bans on bans.id = banned.ban_id
  where banned.id = media.owner_id and bans.items = 'withdraw' and bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $1::timestamptz)) then 'withdrawn' else 'listed' end as listing
  from media left join cases on subject_kind = 'item' and subject_id = media.id and cases.state = 'quarantined'
  where media.id = (select subject_id from appeals
    where id = $2::uuid and subject = $3 and outcome = 'granted' and nullif(current_setting($4, true), '') is not null) and media.listing = 'quarantined'
), back as (
  update media set listing = aside.listing,
    trashed_at = case when aside.listing = 'trashed' then $5::timestamptz end
  from aside where media.id = aside.id
  returning media.id, media.owner_id
), closed as (
  update cases set state = 'restored', decided_by = $6::uuid, decided_at = $7::timestamptz
  from back where cases.subject_kind = 'item' and cases.subject_id = back.id and cases.state = 'quarantined'
  returning cases.id
), told_owner as (
    insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
    select $8, null::uuid, owner_id, owner_id, id, $9::timestamptz from back
), told as (
    insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
    select $10, null::uuid, reporter_id, reporter_id, null::uuid, $11::timestamptz from reports join closed on closed.id = reports.case_id
)
select id from back;
update known_bad set lifted_by = $1::uuid, lifted_at = $2::timestamptz
where lifted_at is null and media_id = (select subject_id from appeals
  where id = $3::uuid and subject = $4 and outcome = 'granted' and nullif(current_setting($5, true), '') is not null);
with audited as (
insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
select $1::uuid, decode($2, 'hex'), $3::uuid,
  $4, $5::uuid, $6,
  $7::uuid, $8::jsonb, $9::timestamptz
where (select count(*) from (select 1 where nullif(current_setting($10, true), '') is not null) as marked) > 0) select 1;
