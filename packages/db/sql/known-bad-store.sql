-- findKnownBad, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "known_bad"."media_id", "known_bad"."kind", "known_bad"."thumbhash", "known_bad"."hashes" is not null, "known_bad"."added_at", "users"."name"
from "known_bad" left join "users" on "users"."id" = "known_bad"."added_by"
where ("known_bad"."lifted_at" is null and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $1 and "asking"."role" in ($2, $3) and "sessions"."expires_at" > $4::timestamptz and "sessions"."stepped_up_until" > $5::timestamptz)) and ("known_bad"."added_at", "known_bad"."media_id") < ($6::timestamptz, $7::uuid))
order by "known_bad"."added_at" desc, "known_bad"."media_id" desc
limit $8;

-- liftKnownBad
with lifted as (
  update known_bad set lifted_by = $1::uuid, lifted_at = $2::timestamptz
  where media_id = $3::uuid and lifted_at is null and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $4 and "asking"."id" = $5 and "asking"."role" in ($6, $7) and "sessions"."expires_at" > $8 and "sessions"."stepped_up_until" > $9))
  returning media_id
), audited as (
    insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
    select $10::uuid, decode($11, 'hex'), $12::uuid,
      $13, $14::uuid, $15,
      $16::uuid, $17::jsonb, $18::timestamptz
    where (select count(*) from lifted) > 0)
select * from lifted;
