CREATE TABLE "deletions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "deletions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"media_id" uuid NOT NULL,
	"generation" text,
	"incoming_key" text,
	"reason" text NOT NULL,
	"was_shown" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"asks" integer DEFAULT 1 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp (3) with time zone NOT NULL,
	"gone_at" timestamp (3) with time zone,
	"objects" integer DEFAULT 0 NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"invalidation_id" text,
	"invalidated_at" timestamp (3) with time zone,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "deletions_media_generation" UNIQUE NULLS NOT DISTINCT("media_id","generation"),
	CONSTRAINT "deletions_reason" CHECK (reason in ('superseded', 'given_up', 'purged', 'removed', 'account_deleted', 'stray'))
);
--> statement-breakpoint
CREATE TABLE "reconciliations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "reconciliations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"began_at" timestamp (3) with time zone NOT NULL,
	"mends" boolean NOT NULL,
	"steps" integer DEFAULT 0 NOT NULL,
	"cursor" jsonb NOT NULL,
	"report" jsonb NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "media" DROP CONSTRAINT "media_incoming_key_unique";--> statement-breakpoint
CREATE INDEX "deletions_due" ON "deletions" USING btree ("next_try_at") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "deletions_done" ON "deletions" USING btree ("done_at") WHERE done_at is not null;--> statement-breakpoint
CREATE INDEX "reconciliations_began_at" ON "reconciliations" USING btree ("began_at");