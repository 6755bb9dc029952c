ALTER TABLE "media" ADD COLUMN "duration_ms" integer;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "video_codec" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "audio_codec" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "frame_rate" real;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "is_hdr" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "peaks" jsonb;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "tags" jsonb;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "has_play" boolean DEFAULT false NOT NULL;