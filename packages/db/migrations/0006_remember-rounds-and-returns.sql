CREATE TABLE "rounds" (
	"task" text PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone NOT NULL,
	"is_ok" boolean NOT NULL,
	"report" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "suppressed_addresses" (
	"address" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "suppressed_addresses_is_lower_case" CHECK (address = lower(address)),
	CONSTRAINT "suppressed_addresses_reason" CHECK (reason in ('bounce', 'complaint'))
);
