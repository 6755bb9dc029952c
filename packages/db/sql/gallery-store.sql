-- readGalleryPage, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id"
where "sessions"."id" = $1;
select "group_id", "role", "joined_at", "seen_at", "notifications"
from "memberships"
where ("memberships"."group_id" = $1 and "memberships"."user_id" = ((select "user_id" from "sessions" where ("sessions"."id" = $2 and "sessions"."expires_at" > $3))));
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play", "media"."group_id", "media"."caption", "media"."alt_text", "media"."comment_count", "media"."timeline_at" from "media" inner join "users" on "users"."id" = "media"."owner_id" where (("media"."group_id" = $1 and "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $2 and sessions.expires_at > $3::timestamptz and mine.group_id = $4::uuid
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')) and not exists (select 1 from "hidden_items" where ("hidden_items"."user_id" = ((select "user_id" from "sessions" where ("sessions"."id" = $5 and "sessions"."expires_at" > $6))) and "hidden_items"."media_id" = "media"."id"))) and ("media"."owner_id" in ($7) and "media"."kind" in ($8) and "media"."timeline_at" >= (($9::date + $10::interval) at time zone $11) and "media"."timeline_at" < (($12::date + $13::interval) at time zone $14)) and ("media"."timeline_at", "media"."id") < ($15, $16)) order by "media"."timeline_at" desc, "media"."id" desc limit $17;

-- readTimeline, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id"
where "sessions"."id" = $1;
select "group_id", "role", "joined_at", "seen_at", "notifications"
from "memberships"
where ("memberships"."group_id" = $1 and "memberships"."user_id" = ((select "user_id" from "sessions" where ("sessions"."id" = $2 and "sessions"."expires_at" > $3))));
with shown as (
    select "media"."timeline_at" as at, "media"."id" as id, ("media"."timeline_at" at time zone $1)::date as day
    from "media" where ("media"."group_id" = $2 and "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $3 and sessions.expires_at > $4::timestamptz and mine.group_id = $5::uuid
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')) and not exists (select 1 from "hidden_items" where ("hidden_items"."user_id" = ((select "user_id" from "sessions" where ("sessions"."id" = $6 and "sessions"."expires_at" > $7))) and "hidden_items"."media_id" = "media"."id")))
  ), placed as (
    select at, id, to_char(day, 'YYYY-MM') as month, case
      when day > ($8::timestamptz at time zone $9)::date then to_char(day, 'YYYY-MM')
      when day = ($10::timestamptz at time zone $11)::date then 'today'
      when day >= date_trunc('week', ($12::timestamptz at time zone $13)::date) then 'week'
      when day >= date_trunc('month', ($14::timestamptz at time zone $15)::date) then 'month'
      when day >= date_trunc('year', ($16::timestamptz at time zone $17)::date) then 'year'
      else to_char(day, 'YYYY-MM') end as section
    from shown
  ), numbered as (
    select at, month, section, lag(at) over line as after_at, lag(id) over line as after_id,
      row_number() over part - 1 as number, count(*) over (partition by section, month) as total
    from placed
    window line as (order by at desc, id desc), part as (partition by section, month order by at desc, id desc)
  )
  select section, month, least($18::bigint, total - number) as count,
    extract(epoch from after_at) * 1000 as after_at, after_id
  from numbered where number % $19::bigint = 0 order by at desc, number;

-- readGallerySince, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id"
where "sessions"."id" = $1;
select "group_id", "role", "joined_at", "seen_at", "notifications"
from "memberships"
where ("memberships"."group_id" = $1 and "memberships"."user_id" = ((select "user_id" from "sessions" where ("sessions"."id" = $2 and "sessions"."expires_at" > $3))));
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play", "media"."group_id", "media"."caption", "media"."alt_text", "media"."comment_count", "media"."timeline_at" from "media" inner join "users" on "users"."id" = "media"."owner_id" where (("media"."group_id" = $1 and "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $2 and sessions.expires_at > $3::timestamptz and mine.group_id = $4::uuid
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')) and not exists (select 1 from "hidden_items" where ("hidden_items"."user_id" = ((select "user_id" from "sessions" where ("sessions"."id" = $5 and "sessions"."expires_at" > $6))) and "hidden_items"."media_id" = "media"."id"))) and "media"."published_at" >= $7) order by "media"."published_at" desc, "media"."id" desc limit $8;

-- readGalleryItem, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id"
where "sessions"."id" = $1;
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play", "media"."group_id", "media"."caption", "media"."alt_text", "media"."comment_count", "media"."timeline_at" from "media" inner join "users" on "users"."id" = "media"."owner_id" where ("media"."id" = $1 and "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $2 and sessions.expires_at > $3::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')));

-- readHidden, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id"
where "sessions"."id" = $1;
select "group_id", "role", "joined_at", "seen_at", "notifications"
from "memberships"
where ("memberships"."group_id" = $1 and "memberships"."user_id" = ((select "user_id" from "sessions" where ("sessions"."id" = $2 and "sessions"."expires_at" > $3))));
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play", "media"."group_id", "media"."caption", "media"."alt_text", "media"."comment_count", "media"."timeline_at" from "hidden_items" inner join "media" on "media"."id" = "hidden_items"."media_id" inner join "users" on "users"."id" = "media"."owner_id" where ("hidden_items"."user_id" = ((select "user_id" from "sessions" where ("sessions"."id" = $1 and "sessions"."expires_at" > $2))) and "media"."group_id" = $3 and "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $4 and sessions.expires_at > $5::timestamptz and mine.group_id = $6::uuid
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')) and "hidden_items"."media_id" < $7) order by "hidden_items"."media_id" desc limit $8;
