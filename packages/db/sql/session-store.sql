-- findSession
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id"
where "sessions"."id" = $1;

-- writeSession, one batch
delete
from "sessions"
where "sessions"."id" = $1;
insert into "sessions" ("id", "user_id", "expires_at", "created_at", "last_seen_at", "user_agent")
values ($1, $2, $3, $4, $5, $6);

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
