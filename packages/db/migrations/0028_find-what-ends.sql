CREATE INDEX "devices_seen_at" ON "devices" USING btree ("seen_at");--> statement-breakpoint
CREATE INDEX "media_group_id" ON "media" USING btree ("group_id") WHERE group_id is not null;--> statement-breakpoint
CREATE INDEX "quota_days_day" ON "quota_days" USING btree ("day");