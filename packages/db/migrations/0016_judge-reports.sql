CREATE TABLE "cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"media_id" uuid,
	"group_id" uuid,
	"state" text DEFAULT 'open' NOT NULL,
	"listing_before" text,
	"report_count" integer DEFAULT 1 NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"last_reported_at" timestamp (3) with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"decision_note" text DEFAULT '' NOT NULL,
	"forgotten_at" timestamp (3) with time zone,
	CONSTRAINT "cases_subject_kind" CHECK (subject_kind in ('item', 'comment', 'person')),
	CONSTRAINT "cases_state" CHECK (state in ('open', 'quarantined', 'dismissed', 'restored', 'removed', 'warned', 'banned')),
	CONSTRAINT "cases_decided_at" CHECK (state in ('open', 'quarantined') or decided_at is not null)
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"media_id" uuid NOT NULL,
	"generation" text NOT NULL,
	"kind" text NOT NULL,
	"files" text[] NOT NULL,
	"state" text DEFAULT 'wanted' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"next_try_at" timestamp (3) with time zone NOT NULL,
	"kept_at" timestamp (3) with time zone,
	"bytes" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "evidence_one_of_each" UNIQUE("case_id","media_id","generation"),
	CONSTRAINT "evidence_state" CHECK (state in ('wanted', 'kept', 'missing', 'unwanted'))
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"reporter_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"note" text NOT NULL,
	"snapshot" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "reports_one_of_each" UNIQUE("case_id","reporter_id"),
	CONSTRAINT "reports_reason" CHECK (reason in ('violence', 'nudity', 'harassment', 'hate', 'spam', 'other'))
);
--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "cases_one_undecided" ON "cases" USING btree ("subject_kind","subject_id") WHERE state in ('open', 'quarantined');--> statement-breakpoint
CREATE INDEX "cases_undecided" ON "cases" USING btree ("opened_at","id") WHERE state in ('open', 'quarantined');--> statement-breakpoint
CREATE INDEX "cases_decided" ON "cases" USING btree ("decided_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE not (state in ('open', 'quarantined'));--> statement-breakpoint
CREATE INDEX "cases_of_person" ON "cases" USING btree ("person_id","opened_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "cases_to_forget" ON "cases" USING btree ("decided_at") WHERE forgotten_at is null and not (state in ('open', 'quarantined'));--> statement-breakpoint
CREATE INDEX "evidence_wanted" ON "evidence" USING btree ("media_id") WHERE state = 'wanted';--> statement-breakpoint
CREATE INDEX "evidence_due" ON "evidence" USING btree ("next_try_at") WHERE state in ('wanted', 'unwanted');--> statement-breakpoint
CREATE INDEX "reports_reporter_id" ON "reports" USING btree ("reporter_id");