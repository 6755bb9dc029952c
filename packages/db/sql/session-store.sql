-- findSession
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;

-- deleteSession
delete
from "sessions"
where "sessions"."id" = $1;

-- extendSession
update "sessions"
set "expires_at" = $1, "last_seen_at" = $2
where "sessions"."id" = $3;

-- markSessionSeen
update "sessions"
set "last_seen_at" = $1
where "sessions"."id" = $2;

-- sessionsOfUserQuery
select "id", "user_id", "expires_at"
from "sessions"
where "sessions"."user_id" = $1;

-- deleteSessionsOfUser
delete
from "sessions"
where "sessions"."user_id" = $1;
