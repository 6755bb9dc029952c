CREATE TABLE "appeals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"email" text,
	"text" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"outcome" text,
	"answer" text,
	CONSTRAINT "appeals_subject" CHECK (subject in ('ban', 'item')),
	CONSTRAINT "appeals_outcome" CHECK (outcome in ('granted', 'denied')),
	CONSTRAINT "appeals_decided" CHECK ((decided_at is null) = (outcome is null) and (decided_at is null) = (decided_by is null) and (decided_at is null) = (answer is null))
);
--> statement-breakpoint
CREATE TABLE "bans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"address_hash" text NOT NULL,
	"reason" text NOT NULL,
	"items" text NOT NULL,
	"banned_by" uuid NOT NULL,
	"banned_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone,
	"lifted_at" timestamp (3) with time zone,
	"lifted_by" uuid,
	CONSTRAINT "bans_items" CHECK (items in ('keep', 'withdraw')),
	CONSTRAINT "bans_lifted" CHECK ((lifted_at is null) = (lifted_by is null))
);
--> statement-breakpoint
CREATE TABLE "warnings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"warned_by" uuid NOT NULL,
	"warned_at" timestamp (3) with time zone NOT NULL,
	"acknowledged_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "verifications" DROP CONSTRAINT "verifications_purpose";--> statement-breakpoint
ALTER TABLE "media" DROP CONSTRAINT "media_listing";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "ban_id" uuid;--> statement-breakpoint
ALTER TABLE "verifications" ADD COLUMN "address_hash" text;--> statement-breakpoint
ALTER TABLE "warnings" ADD CONSTRAINT "warnings_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "appeals_one_open" ON "appeals" USING btree ("subject","subject_id") WHERE decided_at is null;--> statement-breakpoint
CREATE INDEX "appeals_of_person" ON "appeals" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "appeals_created_at" ON "appeals" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "bans_of_address" ON "bans" USING btree ("address_hash") WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX "bans_of_person" ON "bans" USING btree ("user_id","banned_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "bans_banned_at" ON "bans" USING btree ("banned_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "warnings_of_person" ON "warnings" USING btree ("user_id","warned_at");--> statement-breakpoint
CREATE INDEX "warnings_waiting" ON "warnings" USING btree ("user_id") WHERE acknowledged_at is null;--> statement-breakpoint
CREATE INDEX "media_withdrawn" ON "media" USING btree ("owner_id") WHERE listing = 'withdrawn';--> statement-breakpoint
ALTER TABLE "verifications" ADD CONSTRAINT "verifications_purpose" CHECK (purpose in ('sign-up', 'sign-in', 'reset', 'change-address', 'step-up', 'appeal'));--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_listing" CHECK (listing in ('listed', 'trashed', 'held', 'quarantined', 'removed', 'withdrawn'));