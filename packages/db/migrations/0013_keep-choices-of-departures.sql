ALTER TABLE "departures" ADD COLUMN "media_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "departures" ADD COLUMN "items_handed_over" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "departures" ADD COLUMN "items_without_room" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "departures" ADD COLUMN "groups_handed_over" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "departures" ADD COLUMN "groups_ended" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- Whoever is still to be told waits for what was asked to go under their own keys, as before.
UPDATE "departures" SET "media_ids" = coalesce((
  SELECT array_agg("media_id") FROM "deletions"
  WHERE "reason" = 'account_deleted' AND "incoming_key" LIKE 'usr\_' || "departures"."user_id"::text || '/%'), '{}');
