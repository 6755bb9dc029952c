-- readPage
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."caption", "media"."alt_text", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play"
from "media"
inner join "users" on "users"."id" = "media"."owner_id"
where ("media"."is_public" and ("media"."published_at", "media"."id") < ($1::timestamptz, $2::uuid) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $3 and sessions.expires_at > $4::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $5 and sessions.expires_at > $6::timestamptz)))
order by "media"."published_at" desc, "media"."id" desc
limit $7;

-- readSince
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."caption", "media"."alt_text", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play"
from "media"
inner join "users" on "users"."id" = "media"."owner_id"
where ("media"."is_public" and "media"."published_at" >= $1::timestamptz and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $4 and sessions.expires_at > $5::timestamptz)))
order by "media"."published_at" desc, "media"."id" desc
limit $6;

-- readSinceForAll, one batch
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."caption", "media"."alt_text", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play"
from "media"
inner join "users" on "users"."id" = "media"."owner_id"
where ("media"."is_public" and "media"."published_at" >= $1::timestamptz)
order by "media"."published_at" desc, "media"."id" desc
limit $2;
(select "blocker_id", "blocked_id" from "blocks" where "blocks"."blocker_id" in (select "owner_id" from "media" where ("media"."is_public" and "media"."published_at" >= $1::timestamptz) order by "media"."published_at" desc, "media"."id" desc limit $2)) union (select "blocked_id", "blocker_id" from "blocks" where "blocks"."blocked_id" in (select "owner_id" from "media" where ("media"."is_public" and "media"."published_at" >= $3::timestamptz) order by "media"."published_at" desc, "media"."id" desc limit $4));

-- readItem
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."caption", "media"."alt_text", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play", "media"."listing" = 'held' from "media" inner join "users" on "users"."id" = "media"."owner_id" where ("media"."id" = $1 and ("media"."is_public" and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $4 and sessions.expires_at > $5::timestamptz)) or ("media"."listing" = 'held' and "media"."state" = 'ready'
and "media"."purpose" = 'item' and "media"."owner_id" = (select sessions.user_id from sessions where sessions.id = $6 and sessions.expires_at > $7::timestamptz))));
