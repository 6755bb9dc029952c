CREATE TABLE "deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" uuid NOT NULL,
	"session_id" text,
	"notification_id" bigint,
	"made_at" timestamp (3) with time zone NOT NULL,
	"queued_at" timestamp (3) with time zone,
	"claimed_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "deliveries_push_or_digest" CHECK ((session_id is null) = (notification_id is null))
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"frequency" text DEFAULT 'weekly' NOT NULL,
	"time_zone" text,
	"waits_since" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone,
	CONSTRAINT "digests_frequency" CHECK (frequency in ('off', 'daily', 'weekly'))
);
--> statement-breakpoint
CREATE TABLE "push_subscriptions" (
	"session_id" text PRIMARY KEY NOT NULL,
	"endpoint" text NOT NULL,
	"p256dh" text NOT NULL,
	"auth" text NOT NULL,
	"shows_names" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "push_subscriptions_endpoint_unique" UNIQUE("endpoint")
);
--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "pushed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "digest_id" bigint;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_session_id_push_subscriptions_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."push_subscriptions"("session_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_notification_id_notifications_id_fk" FOREIGN KEY ("notification_id") REFERENCES "public"."notifications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_subscriptions" ADD CONSTRAINT "push_subscriptions_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_one_push" ON "deliveries" USING btree ("notification_id","session_id");--> statement-breakpoint
CREATE INDEX "deliveries_unqueued" ON "deliveries" USING btree ("id") WHERE queued_at is null;--> statement-breakpoint
CREATE INDEX "deliveries_user_id" ON "deliveries" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "deliveries_session_id" ON "deliveries" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "deliveries_made_at" ON "deliveries" USING btree ("made_at");--> statement-breakpoint
CREATE INDEX "digests_unplanned" ON "digests" USING btree ("waits_since") WHERE waits_since is not null and due_at is null;--> statement-breakpoint
CREATE INDEX "digests_due_at" ON "digests" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "notifications_unpushed" ON "notifications" USING btree ("last_at") WHERE pushed_at is null;--> statement-breakpoint
CREATE INDEX "notifications_digest_id" ON "notifications" USING btree ("digest_id") WHERE digest_id is not null;