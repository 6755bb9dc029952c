CREATE TABLE "quota_days" (
	"user_id" uuid NOT NULL,
	"day" date NOT NULL,
	"bytes" bigint NOT NULL,
	CONSTRAINT "quota_days_user_id_day_pk" PRIMARY KEY("user_id","day"),
	CONSTRAINT "quota_days_bytes" CHECK (bytes >= 0)
);
--> statement-breakpoint
CREATE TABLE "quota_totals" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"bytes" bigint NOT NULL,
	CONSTRAINT "quota_totals_bytes" CHECK (bytes >= 0)
);
--> statement-breakpoint
ALTER TABLE "media" DROP CONSTRAINT "media_state";--> statement-breakpoint
ALTER TABLE "media" ALTER COLUMN "declared_sha256" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "plan" text DEFAULT 'free' NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "multipart_upload_id" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "quota_bytes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "quota_day" date;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "reinjections" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "reinjected_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "incoming_cleared_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "quota_days" ADD CONSTRAINT "quota_days_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quota_totals" ADD CONSTRAINT "quota_totals_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "media_owner" ON "media" USING btree ("owner_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "media_owner_sha256" ON "media" USING btree ("owner_id","sha256") WHERE state = 'ready';--> statement-breakpoint
CREATE INDEX "media_reserved_since" ON "media" USING btree ("created_at") WHERE state = 'reserved';--> statement-breakpoint
CREATE INDEX "media_incoming_uncleared" ON "media" USING btree ("settled_at") WHERE state <> 'reserved' and incoming_cleared_at is null;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_plan" CHECK (plan in ('demo', 'free', 'pro', 'pro-plus', 'studio'));--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_quota_bytes" CHECK (quota_bytes >= 0);--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_state" CHECK (state in ('reserved', 'ready', 'refused', 'cancelled', 'expired'));--> statement-breakpoint
-- What was uploaded before there were quotas counts from now on, for no day.
UPDATE "media" SET "quota_bytes" = CASE "state" WHEN 'ready' THEN coalesce("bytes", 0) WHEN 'reserved' THEN "declared_bytes" ELSE 0 END;--> statement-breakpoint
INSERT INTO "quota_totals" ("user_id", "bytes") SELECT "owner_id", sum("quota_bytes") FROM "media" GROUP BY "owner_id";
