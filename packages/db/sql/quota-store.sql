-- findUsage, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "users"."plan", greatest("quota_days"."bytes", 0), greatest("quota_totals"."bytes", 0)
from "users" left join "quota_totals" on "quota_totals"."user_id" = "users"."id" left join "quota_days" on ("quota_days"."user_id" = "users"."id" and "quota_days"."day" = $1)
where "users"."id" = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz);
