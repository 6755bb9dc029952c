-- countCharges
insert into "rate_limits" ("key", "window_seconds", "window_start", "count")
values ($1, $2, $3, $4)
on conflict ("key","window_seconds","window_start") do update
set "count" = "rate_limits"."count" + 1
returning "key", "window_seconds", "window_start", "count";
