-- addLike
with added as (
  insert into "likes" (user_id, media_id, created_at)
  select $1::uuid, id, $2::timestamptz
  from "media" where "media"."id" = $3 and is_public and exists (select 1 from "sessions" where ("sessions"."id" = $4 and "sessions"."user_id" = $5 and "sessions"."expires_at" > $6))
  on conflict (user_id, media_id) do nothing
  returning media_id
)
update "media" set like_count = like_count + (select count(*) from added)
where "media"."id" = $7 and is_public and exists (select 1 from "sessions" where ("sessions"."id" = $8 and "sessions"."user_id" = $9 and "sessions"."expires_at" > $10))
returning like_count;

-- removeLike
with removed as (
  delete from "likes"
  where "likes"."user_id" = $1 and "likes"."media_id" = $2
    and exists (select 1 from "sessions" where ("sessions"."id" = $3 and "sessions"."user_id" = $4 and "sessions"."expires_at" > $5))
  returning media_id
)
update "media" set like_count = like_count - (select count(*) from removed)
where "media"."id" = $6 and is_public and exists (select 1 from "sessions" where ("sessions"."id" = $7 and "sessions"."user_id" = $8 and "sessions"."expires_at" > $9))
returning like_count;

-- findLikedAmong, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id"
where "sessions"."id" = $1;
select "media_id"
from "likes"
where ("likes"."user_id" = ((select "user_id" from "sessions" where ("sessions"."id" = $1 and "sessions"."expires_at" > $2))) and "likes"."media_id" in ($3));
