-- findPerson
select "id", "name", (select json_build_object('id', avatar.id, 'generation', avatar.generation) from media as avatar
where avatar.id = users.avatar_id and avatar.owner_id = users.id and avatar.state = 'ready'
  and avatar.listing = 'listed' and avatar.purpose = 'avatar') from "users" where "users"."id" = $1;

-- readPersonPage, one batch
select "id", "name", (select json_build_object('id', avatar.id, 'generation', avatar.generation) from media as avatar
where avatar.id = users.avatar_id and avatar.owner_id = users.id and avatar.state = 'ready'
  and avatar.listing = 'listed' and avatar.purpose = 'avatar') from "users" where "users"."id" = $1;
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play"
from "media"
inner join "users" on "users"."id" = "media"."owner_id"
where ("media"."is_public" and "media"."owner_id" = $1 and ("media"."published_at", "media"."id") < ($2, $3))
order by "media"."published_at" desc, "media"."id" desc
limit $4;
