CREATE TABLE "remakes" (
	"media_id" uuid PRIMARY KEY NOT NULL,
	"asks" integer DEFAULT 1 NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "reconciliations" ALTER COLUMN "mends" SET DATA TYPE text USING case when "mends" then 'all' else 'nothing' end;--> statement-breakpoint
ALTER TABLE "reconciliations" ADD CONSTRAINT "reconciliations_mends" CHECK (mends in ('nothing', 'derivatives', 'all'));