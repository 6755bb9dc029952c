CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"user_agent" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"email_verified_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_email_is_lower_case" CHECK (email = lower(email))
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"code_hash" text NOT NULL,
	"attempts" smallint NOT NULL,
	"is_decoy" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"consumed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "likes" (
	"user_id" uuid NOT NULL,
	"media_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "likes_user_id_media_id_pk" PRIMARY KEY("user_id","media_id")
);
--> statement-breakpoint
CREATE TABLE "media" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"ordinal" smallint NOT NULL,
	"file_name" text NOT NULL,
	"declared_type" text NOT NULL,
	"declared_bytes" bigint NOT NULL,
	"declared_sha256" text NOT NULL,
	"state" text NOT NULL,
	"refusal_reason" text,
	"detected_type" text,
	"incoming_key" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"type" text,
	"kind" text,
	"bytes" bigint,
	"sha256" text,
	"generation" text,
	"width_px" integer,
	"height_px" integer,
	"thumbhash" text,
	"dominant_color" text,
	"taken_local" text,
	"taken_offset_minutes" smallint,
	"taken_at" timestamp (3) with time zone,
	"taken_source" text,
	"is_cut_to_first_frame" boolean DEFAULT false NOT NULL,
	"derivatives" jsonb,
	"published_at" timestamp (3) with time zone,
	"like_count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "media_incoming_key_unique" UNIQUE("incoming_key"),
	CONSTRAINT "media_owner_batch_ordinal" UNIQUE("owner_id","batch_id","ordinal"),
	CONSTRAINT "media_state" CHECK (state in ('reserved', 'ready', 'refused', 'cancelled')),
	CONSTRAINT "media_ready_is_complete" CHECK (state <> 'ready' or (published_at is not null and generation is not null and type is not null and kind is not null)),
	CONSTRAINT "media_like_count" CHECK (like_count >= 0)
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text NOT NULL,
	"window_seconds" integer NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "rate_limits_key_window_seconds_window_start_pk" PRIMARY KEY("key","window_seconds","window_start")
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "likes" ADD CONSTRAINT "likes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "likes" ADD CONSTRAINT "likes_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sessions_user_id" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_expires_at" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "verifications_created_at" ON "verifications" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "likes_media_id" ON "likes" USING btree ("media_id");--> statement-breakpoint
CREATE INDEX "media_feed" ON "media" USING btree ("published_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE state = 'ready';--> statement-breakpoint
CREATE INDEX "rate_limits_window_start" ON "rate_limits" USING btree ("window_start");