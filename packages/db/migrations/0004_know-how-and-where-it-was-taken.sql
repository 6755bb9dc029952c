ALTER TABLE "media" ADD COLUMN "camera" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "lens" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "exposure" jsonb;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "place" jsonb;