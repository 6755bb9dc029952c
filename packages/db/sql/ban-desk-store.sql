-- findBanTarget, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select id, email, name, array(select group_id::text from memberships where user_id = users.id and role = 'owner') as owned
from users where id = $1::uuid and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $2 and "asking"."role" in ($3, $4) and "sessions"."expires_at" > $5::timestamptz and "sessions"."stepped_up_until" > $6::timestamptz));

-- findPersonForDesk, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select id, name, email, role, created_at,
  (select count(*)::int from media where owner_id = users.id and state = 'ready' and purpose = 'item') as items,
  (select count(*)::int from memberships where user_id = users.id) as groups,
  (select count(*)::int from cases where person_id = users.id) as cases,
  (select count(*)::int from cases where person_id = users.id and state in ('removed', 'warned', 'banned')) as upheld
from users where users.email = $1 and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $2 and "asking"."role" in ($3, $4) and "sessions"."expires_at" > $5::timestamptz and "sessions"."stepped_up_until" > $6::timestamptz));
select bans.id, bans.user_id, users.name, users.email, bans.reason, bans.items, bans.banned_at,
  (select name from users as judge where judge.id = bans.banned_by) as banned_by, bans.ends_at, bans.lifted_at
from bans left join users on users.id = bans.user_id where bans.user_id = (select users.id from users where users.email = $1) and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $2 and "asking"."role" in ($3, $4) and "sessions"."expires_at" > $5::timestamptz and "sessions"."stepped_up_until" > $6::timestamptz)) order by bans.banned_at desc limit $7;
select id, reason, warned_at, acknowledged_at from warnings where user_id = (select users.id from users where users.email = $1) and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $2 and "asking"."role" in ($3, $4) and "sessions"."expires_at" > $5::timestamptz and "sessions"."stepped_up_until" > $6::timestamptz))
order by warned_at desc limit $7;

-- listBans, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select bans.id, bans.user_id, users.name, users.email, bans.reason, bans.items, bans.banned_at,
    (select name from users as judge where judge.id = bans.banned_by) as banned_by, bans.ends_at, bans.lifted_at
  from bans left join users on users.id = bans.user_id
where bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $1::timestamptz) and (bans.banned_at, bans.id) < ($2::timestamptz, $3::uuid)
  and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $4 and "asking"."role" in ($5, $6) and "sessions"."expires_at" > $7::timestamptz and "sessions"."stepped_up_until" > $8::timestamptz))
order by bans.banned_at desc, bans.id desc limit $9;
