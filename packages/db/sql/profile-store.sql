-- keepAcceptedTerms
update "users"
set "terms_version" = $1, "terms_accepted_at" = $2
where ("users"."id" = $3 and exists (select 1 from "sessions" where ("sessions"."id" = $4 and "sessions"."user_id" = $5 and "sessions"."expires_at" > $6)));
