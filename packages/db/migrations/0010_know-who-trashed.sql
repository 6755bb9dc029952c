ALTER TABLE "media" ADD COLUMN "trashed_by" uuid;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "copy_type" text;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_trashed_by" CHECK (trashed_by is null or listing = 'trashed');