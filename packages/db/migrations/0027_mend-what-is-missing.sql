CREATE TABLE "remakes" (
	"media_id" uuid PRIMARY KEY NOT NULL,
	"asks" integer DEFAULT 1 NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "reconciliations" ADD COLUMN "remakes_only" boolean DEFAULT false NOT NULL;