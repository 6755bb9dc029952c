-- findPushSettings, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "sessions"."id", "sessions"."user_agent", "push_subscriptions"."endpoint", "push_subscriptions"."shows_names", "push_subscriptions"."created_at"
from "push_subscriptions"
inner join "sessions" on "sessions"."id" = "push_subscriptions"."session_id"
where ("sessions"."user_id" = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz) and "sessions"."expires_at" > $3::timestamptz)
order by "push_subscriptions"."created_at" desc
limit $4;
select "digests"."frequency", (
  select "suppressed_addresses"."reason" from "suppressed_addresses" where "suppressed_addresses"."address" = "users"."email"
) from "users" left join "digests" on "digests"."user_id" = "users"."id" where "users"."id" = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz);
select "groups"."id", "groups"."name", "memberships"."notifications"
from "memberships"
inner join "groups" on "groups"."id" = "memberships"."group_id"
where "memberships"."user_id" = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz)
order by "groups"."name", "groups"."id";

-- keepSubscription, one batch
delete from "push_subscriptions" where endpoint = $1 and session_id <> $2
    and exists (
select 1 from sessions where sessions.id = $3 and sessions.user_id = $4::uuid
  and sessions.expires_at > $5::timestamptz);
insert into "push_subscriptions" (session_id, endpoint, p256dh, auth, shows_names, created_at)
  select $1, $2, $3, $4, $5::boolean, $6::timestamptz
  where exists (
select 1 from sessions where sessions.id = $7 and sessions.user_id = $8::uuid
  and sessions.expires_at > $9::timestamptz)
  on conflict (session_id) do update set endpoint = excluded.endpoint, p256dh = excluded.p256dh,
    auth = excluded.auth, shows_names = excluded.shows_names;

-- dropSubscription
delete from "push_subscriptions" using "sessions"
where "sessions"."id" = "push_subscriptions"."session_id" and "push_subscriptions"."session_id" = $1
  and "sessions"."user_id" = $2::uuid and exists (
select 1 from sessions where sessions.id = $3 and sessions.user_id = $4::uuid
  and sessions.expires_at > $5::timestamptz)
returning "push_subscriptions"."session_id";

-- keepZone
insert into "digests" (user_id, time_zone) select $1::uuid, $2::text
where exists (
select 1 from sessions where sessions.id = $3 and sessions.user_id = $4::uuid
  and sessions.expires_at > $5::timestamptz)
on conflict (user_id) do update set time_zone = excluded.time_zone
  where digests.time_zone is distinct from excluded.time_zone;

-- keepDigest
insert into "digests" (user_id, frequency, time_zone, waits_since)
select $1::uuid, $2, $3::text, $4::timestamptz
where exists (
select 1 from sessions where sessions.id = $5 and sessions.user_id = $6::uuid
  and sessions.expires_at > $7::timestamptz)
on conflict (user_id) do update set frequency = excluded.frequency,
  time_zone = coalesce(excluded.time_zone, digests.time_zone), waits_since = excluded.waits_since, due_at = null;
