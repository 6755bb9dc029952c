-- readPage
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play"
from "media"
inner join "users" on "users"."id" = "media"."owner_id"
where ("media"."is_public" and ("media"."published_at", "media"."id") < ($1, $2))
order by "media"."published_at" desc, "media"."id" desc
limit $3;

-- readSince
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play"
from "media"
inner join "users" on "users"."id" = "media"."owner_id"
where ("media"."is_public" and "media"."published_at" >= $1)
order by "media"."published_at" desc, "media"."id" desc
limit $2;

-- readItem
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play"
from "media"
inner join "users" on "users"."id" = "media"."owner_id"
where ("media"."is_public" and "media"."id" = $1)
order by "media"."published_at" desc, "media"."id" desc
limit $2;
