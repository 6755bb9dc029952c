-- findPerson
select "id", "name", (select json_build_object('id', avatar.id, 'generation', avatar.generation) from media as avatar
where avatar.id = users.avatar_id and avatar.owner_id = users.id and avatar.state = 'ready'
  and avatar.listing = 'listed' and avatar.purpose = 'avatar') from "users" where ("users"."id" = $1 and "users"."id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $4 and sessions.expires_at > $5::timestamptz)));

-- readPersonPage, one batch
select "id", "name", (select json_build_object('id', avatar.id, 'generation', avatar.generation) from media as avatar
where avatar.id = users.avatar_id and avatar.owner_id = users.id and avatar.state = 'ready'
  and avatar.listing = 'listed' and avatar.purpose = 'avatar') from "users" where ("users"."id" = $1 and "users"."id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $4 and sessions.expires_at > $5::timestamptz)));
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."caption", "media"."alt_text", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play"
from "media"
inner join "users" on "users"."id" = "media"."owner_id"
where ("media"."is_public" and "media"."owner_id" = $1 and ("media"."published_at", "media"."id") < ($2::timestamptz, $3::uuid) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $4 and sessions.expires_at > $5::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $6 and sessions.expires_at > $7::timestamptz)))
order by "media"."published_at" desc, "media"."id" desc
limit $8;
