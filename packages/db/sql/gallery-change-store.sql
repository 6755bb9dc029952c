-- hideItems
with shown as (
  select id from "media" where id = any($1::uuid[])
    and "media"."is_in_gallery" and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $2 and sessions.expires_at > $3::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('viewer', 'contributor', 'admin', 'owner')) and "media"."owner_id" not in (select blocked_id from blocks where blocker_id = (select sessions.user_id from sessions where sessions.id = $4 and sessions.expires_at > $5::timestamptz) union all select blocker_id from blocks where blocked_id = (select sessions.user_id from sessions where sessions.id = $6 and sessions.expires_at > $7::timestamptz))
), hidden as (
  insert into "hidden_items" (user_id, media_id, hidden_at)
  select $8::uuid, id, $9::timestamptz from shown order by id
  on conflict (user_id, media_id) do nothing
)
select id from shown;

-- unhideItems
delete from "hidden_items" where user_id = $1::uuid and media_id = any($2::uuid[])
  and exists (
select 1 from sessions where sessions.id = $3 and sessions.user_id = $4::uuid
  and sessions.expires_at > $5::timestamptz);

-- moveItems, one batch
select 1
from memberships
where group_id = $1::uuid and user_id = $2::uuid for share;
update "media" set allow_duplicate = true where id in (
    select twin.id from "media" as mine join "media" as twin on coalesce(twin.group_id, twin.owner_id) = $1::uuid
      and twin.sha256 = mine.sha256 and twin.state = 'ready' and twin.id <> mine.id
    where mine.id = any($2::uuid[]) and mine.owner_id = $3::uuid and mine.state = 'ready' and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $4 and sessions.expires_at > $5::timestamptz and mine.group_id = $6::uuid
  and mine.role in ('contributor', 'admin', 'owner'))
      and not twin.allow_duplicate and not (twin.listing not in ('trashed', 'removed', 'withdrawn'))
    order by twin.id for update of twin);
with locked as (
    select id, sha256, allow_duplicate, row_number() over (partition by sha256, allow_duplicate order by id) as place
    from (
      select id, sha256, allow_duplicate from "media"
      where id = any($1::uuid[]) and owner_id = $2::uuid and state = 'ready' and purpose = 'item'
        and (listing = 'listed' or (listing = 'trashed' and trashed_by is null)) and held_for is null
        and not exists (select 1 from known_bad as bad where bad.sha256 = media.sha256 and bad.lifted_at is null)
        and (group_id is distinct from $3::uuid or listing = 'trashed') and exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $4 and sessions.expires_at > $5::timestamptz and mine.group_id = $6::uuid
  and mine.role in ('contributor', 'admin', 'owner'))
      order by id for update
    ) as mine
  ), moving as (
    select id from locked where allow_duplicate or sha256 is null or (place = 1 and not exists (
      select 1 from "media" as twin where coalesce(twin.group_id, twin.owner_id) = $7::uuid
        and twin.state = 'ready' and twin.sha256 = locked.sha256 and not twin.allow_duplicate
        and twin.id <> locked.id))
  ), moved as (
    update "media" set group_id = $8::uuid, listing = case when $9::uuid is null and media.group_id is not null
    and (media.review_first > 0 and (select count(*) from (
  select 1 from media as shown where shown.owner_id = media.owner_id and shown.is_public limit media.review_first
) as found) < media.review_first) then 'held' else 'listed' end,
      held_for = case when $10::uuid is null and media.group_id is not null
    and (media.review_first > 0 and (select count(*) from (
  select 1 from media as shown where shown.owner_id = media.owner_id and shown.is_public limit media.review_first
) as found) < media.review_first) then 'first_posts' end, trashed_at = null, published_at = $11::timestamptz,
      comment_count = 0
    from moving where media.id = moving.id
    returning media.id
  )
  select coalesce(array_agg(id), '{}') as ids, set_config($12, string_agg(id::text, ' '), true) from moved;
delete
from comments
where media_id = any(string_to_array(nullif(current_setting($1, true), ''), ' ')::uuid[]);

-- describeItem
update "media" set "caption" = $1, "alt_text" = "media"."alt_text" where ("media"."id" = $2 and "media"."owner_id" = $3 and "media"."state" = 'ready' and "media"."purpose" = 'item' and "media"."listing" in ('listed', 'trashed', 'held')
      and ("media"."group_id" is null or exists (
select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
where sessions.id = $4 and sessions.expires_at > $5::timestamptz and mine.group_id = "media"."group_id"
  and mine.role in ('contributor', 'admin', 'owner'))) and exists (
select 1 from sessions where sessions.id = $6 and sessions.user_id = $7::uuid
  and sessions.expires_at > $8::timestamptz)) returning "id";
