-- listAppeals, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select appeals.id, appeals.subject, appeals.user_id, appellant.name, appeals.text, appeals.created_at,
  appeals.outcome, appeals.answer, appeals.decided_at, judge.name as decided_by,
  bans.reason as ban_reason, bans.banned_at, bans.ends_at as ban_ends_at, banner.name as banned_by,
  latest.id as case_id, latest.state as case_state,
  appeals.user_id = (select sessions.user_id from sessions where sessions.id = $1 and sessions.expires_at > $2::timestamptz) or coalesce(case when appeals.subject = 'ban'
      then (select bans.banned_by from bans where bans.id = appeals.subject_id)
      else (select cases.decided_by from cases where cases.subject_kind = 'item' and cases.subject_id = appeals.subject_id
        and cases.decided_by is not null order by cases.decided_at desc limit 1) end = (select sessions.user_id from sessions where sessions.id = $3 and sessions.expires_at > $4::timestamptz), false)
    and exists (
    select 1 from users as other where other.role in ('moderator', 'administrator') and other.id <> (select sessions.user_id from sessions where sessions.id = $5 and sessions.expires_at > $6::timestamptz)
      and other.id <> appeals.user_id and (other.ban_id is null or exists (
  select 1 from bans where bans.id = other.ban_id and not (bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > $7::timestamptz))))) as is_for_others
from appeals left join users as appellant on appellant.id = appeals.user_id
  left join users as judge on judge.id = appeals.decided_by
  left join bans on appeals.subject = 'ban' and bans.id = appeals.subject_id
  left join users as banner on banner.id = bans.banned_by
  left join lateral (
    select cases.id, cases.state from cases
    where appeals.subject = 'item' and cases.subject_kind = 'item' and cases.subject_id = appeals.subject_id
    order by cases.opened_at desc limit 1
  ) as latest on true
where (appeals.decided_at is null) = $8 and (appeals.created_at, appeals.id) > ($9::timestamptz, $10::uuid) and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $11 and "asking"."role" in ($12, $13) and "sessions"."expires_at" > $14::timestamptz and "sessions"."stepped_up_until" > $15::timestamptz))
order by appeals.created_at asc, appeals.id asc limit $16;
