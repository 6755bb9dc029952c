-- countUndecided, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select count(*)::int
from "cases"
where ("cases"."state" in ('open', 'quarantined') and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $1 and "asking"."role" in ($2, $3) and "sessions"."expires_at" > $4::timestamptz and "sessions"."stepped_up_until" > $5::timestamptz)));

-- findCases (waiting), one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "id", "subject_kind", "person_id", (select name from users where users.id = cases.person_id), "media_id", "group_id", "state", "opened_at", "last_reported_at", "decided_at", "decision_note", (select name from users where users.id = cases.decided_by), (select count(*)::int from reports where case_id = cases.id), array(select distinct reason from reports where case_id = cases.id order by reason), (select snapshot from reports where case_id = cases.id order by id desc limit 1), (
select json_build_object('id', id, 'state', state, 'kind', kind, 'files', files) from evidence
where case_id = cases.id order by id desc limit 1) from "cases" where ("cases"."state" in ('open', 'quarantined') and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $1 and "asking"."role" in ($2, $3) and "sessions"."expires_at" > $4::timestamptz and "sessions"."stepped_up_until" > $5::timestamptz)) and ("cases"."opened_at", "cases"."id") > ($6::timestamptz, $7::uuid)) order by "cases"."opened_at" asc, "cases"."id" asc limit $8;

-- findCases (decided), one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "id", "subject_kind", "person_id", (select name from users where users.id = cases.person_id), "media_id", "group_id", "state", "opened_at", "last_reported_at", "decided_at", "decision_note", (select name from users where users.id = cases.decided_by), (select count(*)::int from reports where case_id = cases.id), array(select distinct reason from reports where case_id = cases.id order by reason), (select snapshot from reports where case_id = cases.id order by id desc limit 1), (
select json_build_object('id', id, 'state', state, 'kind', kind, 'files', files) from evidence
where case_id = cases.id order by id desc limit 1) from "cases" where (not ("cases"."state" in ('open', 'quarantined')) and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $1 and "asking"."role" in ($2, $3) and "sessions"."expires_at" > $4::timestamptz and "sessions"."stepped_up_until" > $5::timestamptz)) and ("cases"."decided_at", "cases"."id") < ($6::timestamptz, $7::uuid)) order by "cases"."decided_at" desc, "cases"."id" desc limit $8;

-- findCase, one batch
select "sessions"."id", "sessions"."expires_at", "sessions"."last_seen_at", "users"."id", "users"."name", "users"."email", "users"."role", "users"."terms_version", "sessions"."stepped_up_until", "users"."ban_id", "bans"."reason", "bans"."ends_at"
from "sessions"
inner join "users" on "users"."id" = "sessions"."user_id" left join "bans" on "bans"."id" = "users"."ban_id"
where "sessions"."id" = $1;
select "id", "subject_kind", "person_id", (select name from users where users.id = cases.person_id), "media_id", "group_id", "state", "opened_at", "last_reported_at", "decided_at", "decision_note", (select name from users where users.id = cases.decided_by), (select count(*)::int from reports where case_id = cases.id), array(select distinct reason from reports where case_id = cases.id order by reason), (select snapshot from reports where case_id = cases.id order by id desc limit 1), (
select json_build_object('id', id, 'state', state, 'kind', kind, 'files', files) from evidence
where case_id = cases.id order by id desc limit 1) from "cases" where ("cases"."id" = $1 and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $2 and "asking"."role" in ($3, $4) and "sessions"."expires_at" > $5::timestamptz and "sessions"."stepped_up_until" > $6::timestamptz)));
select "reports"."reporter_id", "users"."name", "reports"."reason", "reports"."note", "reports"."snapshot", "reports"."created_at"
from "reports" left join "users" on "users"."id" = "reports"."reporter_id"
where ("reports"."case_id" = $1 and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $2 and "asking"."role" in ($3, $4) and "sessions"."expires_at" > $5::timestamptz and "sessions"."stepped_up_until" > $6::timestamptz)))
order by "reports"."id" asc
limit $7;
select "id", "subject_kind", "state", "opened_at", "decided_at", cases.subject_id = (select one.subject_id from cases as one where one.id = $1::uuid), array(select distinct reason from reports where case_id = cases.id order by reason)
from "cases"
where ("cases"."person_id" = ((select "person_id" from "cases" where "cases"."id" = $2)) and "cases"."id" <> $3 and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $4 and "asking"."role" in ($5, $6) and "sessions"."expires_at" > $7::timestamptz and "sessions"."stepped_up_until" > $8::timestamptz)))
order by "cases"."opened_at" desc
limit $9;
select "reason", "warned_at"
from "warnings"
where ("warnings"."user_id" = ((select "person_id" from "cases" where "cases"."id" = $1)) and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $2 and "asking"."role" in ($3, $4) and "sessions"."expires_at" > $5::timestamptz and "sessions"."stepped_up_until" > $6::timestamptz)))
order by "warnings"."warned_at" desc
limit $7;
select "reason", "banned_at", "ends_at", "lifted_at"
from "bans"
where ("bans"."user_id" = ((select "person_id" from "cases" where "cases"."id" = $1)) and exists (select 1 from "sessions" inner join "users" "asking" on "asking"."id" = "sessions"."user_id" where ("sessions"."id" = $2 and "asking"."role" in ($3, $4) and "sessions"."expires_at" > $5::timestamptz and "sessions"."stepped_up_until" > $6::timestamptz)))
order by "bans"."banned_at" desc
limit $7;
