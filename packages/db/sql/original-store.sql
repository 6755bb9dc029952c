-- findOriginals, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "media"."id", "media"."type", "media"."generation", "media"."file_name", "media"."copy_type", "media"."has_play", "media"."bytes", "media"."sha256", "media"."taken_local", "media"."created_at", "media"."owner_id" = ((select "user_id" from "sessions" where ("sessions"."id" = $1 and "sessions"."expires_at" > $2))), "groups"."location_policy" from "media" left join "groups" on "groups"."id" = "media"."group_id" where ("media"."id" in ($3) and "media"."state" = 'ready' and "media"."purpose" = 'item' and ("media"."owner_id" = ((select "user_id" from "sessions" where ("sessions"."id" = $4 and "sessions"."expires_at" > $5))) and "media"."listing" in ('listed', 'trashed', 'held') or ("media"."is_public" or "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $6 and sessions.expires_at > $7::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('viewer', 'contributor', 'admin', 'owner'))) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $8 and sessions.expires_at > $9::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $10 and sessions.expires_at > $11::timestamptz))));
