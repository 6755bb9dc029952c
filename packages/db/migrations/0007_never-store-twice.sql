DROP INDEX "media_owner_sha256";--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "allow_duplicate" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "duplicate_of" uuid;--> statement-breakpoint
CREATE INDEX "media_gallery_sha256" ON "media" USING btree (coalesce(group_id, owner_id),"sha256") WHERE state = 'ready';--> statement-breakpoint
CREATE UNIQUE INDEX "media_gallery_content" ON "media" USING btree (coalesce(group_id, owner_id),"sha256") WHERE state = 'ready' and not allow_duplicate;--> statement-breakpoint
CREATE INDEX "media_reserved_sha256" ON "media" USING btree ("owner_id","declared_sha256") WHERE state = 'reserved';