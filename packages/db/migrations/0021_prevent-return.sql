CREATE TABLE "fingerprints" (
	"media_id" uuid PRIMARY KEY NOT NULL,
	"hashes" bit varying(4096) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "known_bad" (
	"media_id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"sha256" text,
	"hashes" bit varying(4096),
	"keys" integer[] NOT NULL,
	"thumbhash" text,
	"added_by" uuid NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"lifted_by" uuid,
	"lifted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "site_settings" (
	"name" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"changed_by" uuid NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "review_first" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "held_for" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "alike_to" uuid;--> statement-breakpoint
ALTER TABLE "fingerprints" ADD CONSTRAINT "fingerprints_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "known_bad_sha256" ON "known_bad" USING btree ("sha256") WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX "known_bad_keys" ON "known_bad" USING gin ("keys") WITH (fastupdate=false) WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX "known_bad_list" ON "known_bad" USING btree ("added_at" DESC NULLS FIRST,"media_id" DESC NULLS FIRST) WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX "media_held" ON "media" USING btree ("published_at","id") WHERE listing = 'held';--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_held_for" CHECK (held_for in ('first_posts', 'alike'));--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_listed_is_not_held" CHECK (listing <> 'listed' or held_for is null);