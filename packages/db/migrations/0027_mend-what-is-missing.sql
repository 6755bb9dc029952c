CREATE TABLE "remakes" (
	"media_id" uuid PRIMARY KEY NOT NULL,
	"asks" integer DEFAULT 1 NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "reconciliations" ADD COLUMN "remakes_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE "media" SET "kind" = 'audio' WHERE "kind" = 'video' AND "type" IN ('video/webm', 'video/matroska') AND "video_codec" IS NULL AND "audio_codec" IS NOT NULL;--> statement-breakpoint
UPDATE "evidence" SET "kind" = 'audio' FROM "media" WHERE "media"."id" = "evidence"."media_id" AND "media"."kind" = 'audio' AND "evidence"."kind" = 'video';--> statement-breakpoint
UPDATE "known_bad" SET "kind" = 'audio' FROM "media" WHERE "media"."id" = "known_bad"."media_id" AND "media"."kind" = 'audio' AND "known_bad"."kind" = 'video';