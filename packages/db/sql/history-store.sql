-- findHistory, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."caption", "media"."alt_text", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play", "media"."state", "media"."listing", "media"."refusal_reason", "media"."duplicate_of", "media"."declared_type", "media"."detected_type", "media"."file_name", "media"."declared_bytes", "media"."created_at", "media"."settled_at", "media"."group_id", "groups"."name"
from "media"
inner join "users" on "users"."id" = "media"."owner_id" left join "memberships" on ("memberships"."group_id" = "media"."group_id" and "memberships"."user_id" = "media"."owner_id") left join "groups" on "groups"."id" = "memberships"."group_id"
where ("media"."owner_id" = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz) and "media"."purpose" = $3 and "media"."id" < $4)
order by "media"."id" desc
limit $5;
