DROP INDEX "media_incoming_uncleared";--> statement-breakpoint
ALTER TABLE "media" DROP COLUMN "incoming_cleared_at";