-- findOwnSessions, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "id", "created_at", "last_seen_at", "user_agent", "country", "city"
from "sessions"
where ("sessions"."user_id" = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz) and "sessions"."expires_at" > $3::timestamptz)
order by "sessions"."last_seen_at" desc, "sessions"."id"
limit $4;

-- endSession
delete from "sessions" where ("sessions"."id" = $1 and "sessions"."user_id" = $2 and exists (
select 1 from sessions where sessions.id = $3 and sessions.user_id = $4::uuid
  and sessions.expires_at > $5::timestamptz)) returning "id";

-- endOtherSessions
delete from "sessions" where ("sessions"."user_id" = $1 and "sessions"."id" <> $2 and exists (
select 1 from sessions where sessions.id = $3 and sessions.user_id = $4::uuid
  and sessions.expires_at > $5::timestamptz)) returning "id";
