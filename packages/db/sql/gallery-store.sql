-- readGalleryPage, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "group_id", "role", "joined_at", "seen_at", "notifications"
from "memberships"
where ("memberships"."group_id" = $1 and "memberships"."user_id" = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz));
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."caption", "media"."alt_text", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play", "media"."group_id", media.comment_count - (
    select count(*) from comments as said where said.media_id = media.id and said.author_id = any(array(select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $3 and sessions.expires_at > $4::timestamptz)))), "media"."timeline_at" from "media" inner join "users" on "users"."id" = "media"."owner_id" where (("media"."group_id" = $5 and "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $6 and sessions.expires_at > $7::timestamptz and mine.group_id = $8::uuid
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')) and not exists (
select 1 from hidden_items where hidden_items.user_id = (select sessions.user_id from sessions where sessions.id = $9 and sessions.expires_at > $10::timestamptz) and hidden_items.media_id = media.id) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $11 and sessions.expires_at > $12::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $13 and sessions.expires_at > $14::timestamptz))) and ("media"."owner_id" = any($15::uuid[]) and "media"."kind" = any($16::text[]) and "media"."timeline_at" >= (($17::date + $18::interval) at time zone $19) and "media"."timeline_at" < (($20::date + $21::interval) at time zone $22)) and ("media"."timeline_at", "media"."id") < ($23::timestamptz, $24::uuid)) order by "media"."timeline_at" desc, "media"."id" desc limit $25;

-- readGalleryIds, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "group_id", "role", "joined_at", "seen_at", "notifications"
from "memberships"
where ("memberships"."group_id" = $1 and "memberships"."user_id" = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz));
select "id", "owner_id", "timeline_at" from "media" where (("media"."group_id" = $1 and "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $2 and sessions.expires_at > $3::timestamptz and mine.group_id = $4::uuid
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')) and not exists (
select 1 from hidden_items where hidden_items.user_id = (select sessions.user_id from sessions where sessions.id = $5 and sessions.expires_at > $6::timestamptz) and hidden_items.media_id = media.id) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $7 and sessions.expires_at > $8::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $9 and sessions.expires_at > $10::timestamptz))) and ("media"."owner_id" = any($11::uuid[]) and "media"."kind" = any($12::text[]) and "media"."timeline_at" >= (($13::date + $14::interval) at time zone $15) and "media"."timeline_at" < (($16::date + $17::interval) at time zone $18)) and ("media"."timeline_at", "media"."id") < ($19::timestamptz, $20::uuid)) order by "media"."timeline_at" desc, "media"."id" desc limit $21;

-- readTimeline, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "group_id", "role", "joined_at", "seen_at", "notifications"
from "memberships"
where ("memberships"."group_id" = $1 and "memberships"."user_id" = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz));
with shown as (
    select "media"."timeline_at" as at, "media"."id" as id, ("media"."timeline_at" at time zone $1)::date as day
    from "media" where ("media"."group_id" = $2 and "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $3 and sessions.expires_at > $4::timestamptz and mine.group_id = $5::uuid
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')) and not exists (
select 1 from hidden_items where hidden_items.user_id = (select sessions.user_id from sessions where sessions.id = $6 and sessions.expires_at > $7::timestamptz) and hidden_items.media_id = media.id) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $8 and sessions.expires_at > $9::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $10 and sessions.expires_at > $11::timestamptz)))
  ), placed as (
    select at, id, to_char(day, 'YYYY-MM') as month, case
      when day > ($12::timestamptz at time zone $13)::date then to_char(day, 'YYYY-MM')
      when day = ($14::timestamptz at time zone $15)::date then 'today'
      when day >= date_trunc('week', ($16::timestamptz at time zone $17)::date) then 'week'
      when day >= date_trunc('month', ($18::timestamptz at time zone $19)::date) then 'month'
      when day >= date_trunc('year', ($20::timestamptz at time zone $21)::date) then 'year'
      else to_char(day, 'YYYY-MM') end as section
    from shown
  ), numbered as (
    select at, month, section, lag(at) over line as after_at, lag(id) over line as after_id,
      row_number() over part - 1 as number, count(*) over (partition by section, month) as total
    from placed
    window line as (order by at desc, id desc), part as (partition by section, month order by at desc, id desc)
  )
  select section, month, least($22::bigint, total - number) as count,
    extract(epoch from after_at) * 1000 as after_at, after_id
  from numbered where number % $23::bigint = 0 order by at desc, number;

-- readGallerySince, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "group_id", "role", "joined_at", "seen_at", "notifications"
from "memberships"
where ("memberships"."group_id" = $1 and "memberships"."user_id" = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz));
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."caption", "media"."alt_text", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play", "media"."group_id", media.comment_count - (
    select count(*) from comments as said where said.media_id = media.id and said.author_id = any(array(select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $3 and sessions.expires_at > $4::timestamptz)))), "media"."timeline_at" from "media" inner join "users" on "users"."id" = "media"."owner_id" where (("media"."group_id" = $5 and "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $6 and sessions.expires_at > $7::timestamptz and mine.group_id = $8::uuid
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')) and not exists (
select 1 from hidden_items where hidden_items.user_id = (select sessions.user_id from sessions where sessions.id = $9 and sessions.expires_at > $10::timestamptz) and hidden_items.media_id = media.id) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $11 and sessions.expires_at > $12::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $13 and sessions.expires_at > $14::timestamptz))) and "media"."published_at" >= $15::timestamptz) order by "media"."published_at" desc, "media"."id" desc limit $16;

-- readGalleryItem, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."caption", "media"."alt_text", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play", "media"."group_id", media.comment_count - (
    select count(*) from comments as said where said.media_id = media.id and said.author_id = any(array(select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $3 and sessions.expires_at > $4::timestamptz)))), "media"."timeline_at" from "media" inner join "users" on "users"."id" = "media"."owner_id" where ("media"."id" = $5 and "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $6 and sessions.expires_at > $7::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $8 and sessions.expires_at > $9::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $10 and sessions.expires_at > $11::timestamptz)));

-- readHidden, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "group_id", "role", "joined_at", "seen_at", "notifications"
from "memberships"
where ("memberships"."group_id" = $1 and "memberships"."user_id" = (select sessions.user_id from sessions where sessions.id = $2 and sessions.expires_at > $3::timestamptz));
select "media"."id", "media"."kind", "media"."type", "media"."bytes", "media"."owner_id", "users"."name", "media"."caption", "media"."alt_text", "media"."width_px", "media"."height_px", "media"."thumbhash", "media"."dominant_color", "media"."taken_local", "media"."is_cut_to_first_frame", "media"."published_at", "media"."like_count", "media"."generation", "media"."derivatives", "media"."duration_ms", "media"."is_hdr", "media"."has_play", "media"."group_id", media.comment_count - (
    select count(*) from comments as said where said.media_id = media.id and said.author_id = any(array(select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $3 and sessions.expires_at > $4::timestamptz)))), "media"."timeline_at" from "hidden_items" inner join "media" on "media"."id" = "hidden_items"."media_id" inner join "users" on "users"."id" = "media"."owner_id" where ("hidden_items"."user_id" = (select sessions.user_id from sessions where sessions.id = $5 and sessions.expires_at > $6::timestamptz) and "media"."group_id" = $7 and "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $8 and sessions.expires_at > $9::timestamptz and mine.group_id = $10::uuid
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $11 and sessions.expires_at > $12::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $13 and sessions.expires_at > $14::timestamptz)) and "hidden_items"."media_id" < $15) order by "hidden_items"."media_id" desc limit $16;
