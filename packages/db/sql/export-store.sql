-- requestExport
insert into "data_exports" (id, user_id, requested_at, next_try_at)
select $1::uuid, $2::uuid, $3::timestamptz, $4::timestamptz
where exists (
select 1 from sessions where sessions.id = $5 and sessions.user_id = $6::uuid
  and sessions.expires_at > $7::timestamptz) and not exists (
  select 1 from "data_exports" where user_id = $8
    and requested_at > $9::timestamptz)
on conflict (user_id) where ready_at is null do nothing;

-- findOwnExport, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "id", "user_id", "requested_at", "ready_at", "expires_at", "bytes"
from "data_exports"
where ("data_exports"."user_id" = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz) and ("data_exports"."expires_at" is null or "data_exports"."expires_at" > $3::timestamptz))
order by "data_exports"."requested_at" desc
limit $4;
