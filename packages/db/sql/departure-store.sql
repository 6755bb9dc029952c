-- findLeavings, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id"
where "sessions"."id" = $1;
select count(*)::int, coalesce(sum("bytes"), 0)
from "media"
where ("media"."owner_id" = ((select "user_id" from "sessions" where ("sessions"."id" = $1 and "sessions"."expires_at" > $2))) and "media"."state" = 'ready' and "media"."purpose" = 'item');
select "groups"."id", "groups"."name", "groups"."member_count"
from "memberships"
inner join "groups" on "groups"."id" = "memberships"."group_id"
where ("memberships"."user_id" = ((select "user_id" from "sessions" where ("sessions"."id" = $1 and "sessions"."expires_at" > $2))) and "memberships"."role" = 'owner')
order by "groups"."name", "groups"."id";

-- deleteAccount, one batch
select 1 from "groups" where id in (select group_id from "memberships" where user_id = $1::uuid)
order by id for no key update;
with administrator as (
  select id from "users" where role = 'administrator' order by id for update
), account as (
  select id, email, name, role, password_hash from "users" where id = $1::uuid for update
), verdict as (
  select account.*, case
    when not (account.password_hash = $2 and exists (select 1 from "sessions" where ("sessions"."id" = $3 and "sessions"."user_id" = $4 and "sessions"."expires_at" > $5))) then 'refused'
    when exists (select 1 from "memberships" where user_id = $6::uuid and role = 'owner') then 'owns_groups'
    when account.role = 'administrator' and not exists (select 1 from administrator where id <> $7::uuid)
      then 'last_administrator'
    else 'deleted' end as outcome
  from account
), departure as (
  insert into "departures" (user_id, email, name, deleted_at, items)
  select id, email, name, $8::timestamptz,
    (select count(*) from "media" where owner_id = $9::uuid and state = 'ready' and purpose = 'item')
  from verdict where outcome = 'deleted'
)
select outcome from verdict;
update "media" set like_count = like_count - 1 from "likes"
  where likes.user_id = $1::uuid and likes.media_id = media.id and exists (select 1 from "departures" where "departures"."user_id" = $2
and "departures"."deleted_at" = $3::timestamptz);
update "media" set comment_count = comment_count - written.count
  from (select media_id, count(*)::int as count from "comments" where author_id = $1::uuid group by media_id) as written
  where written.media_id = media.id and exists (select 1 from "departures" where "departures"."user_id" = $2
and "departures"."deleted_at" = $3::timestamptz);
update "groups" set member_count = member_count - 1 from "memberships"
  where memberships.user_id = $1::uuid and memberships.group_id = groups.id and exists (select 1 from "departures" where "departures"."user_id" = $2
and "departures"."deleted_at" = $3::timestamptz);
with ending as (
  select id, owner_id, incoming_key, quota_bytes, (published_at is not null and coalesce(trashed_at > $1::timestamptz - interval '1 day' * $2::int, true)) as was_shown from "media"
  where "media"."owner_id" = $3 and exists (select 1 from "departures" where "departures"."user_id" = $4
  and "departures"."deleted_at" = $5::timestamptz) order by id for update
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
  insert into deletions (media_id, incoming_key, reason, was_shown, created_at, next_try_at)
  select id, incoming_key, $6, was_shown, $7::timestamptz, $8::timestamptz from ending order by id
  on conflict (media_id, generation) do update set
    reason = excluded.reason, asks = deletions.asks + 1, attempts = 0, next_try_at = excluded.next_try_at,
    incoming_key = coalesce(excluded.incoming_key, deletions.incoming_key),
    was_shown = deletions.was_shown or excluded.was_shown,
    gone_at = null, invalidation_id = null, invalidated_at = null, done_at = null)
delete from media using ending where media.id = ending.id
returning media.id;
update "data_exports" set expires_at = $1::timestamptz where user_id = $2::uuid and exists (select 1 from "departures" where "departures"."user_id" = $3
and "departures"."deleted_at" = $4::timestamptz);
delete from "users" where id = $1::uuid and exists (select 1 from "departures" where "departures"."user_id" = $2
and "departures"."deleted_at" = $3::timestamptz);
