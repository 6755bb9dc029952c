CREATE TABLE "comments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"media_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hidden_items" (
	"user_id" uuid NOT NULL,
	"media_id" uuid NOT NULL,
	"hidden_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "hidden_items_user_id_media_id_pk" PRIMARY KEY("user_id","media_id")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"cover_id" uuid,
	"joining" text DEFAULT 'approval' NOT NULL,
	"location_policy" text DEFAULT 'strip' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"active_at" timestamp (3) with time zone NOT NULL,
	"member_count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "groups_joining" CHECK (joining in ('open', 'approval', 'closed')),
	CONSTRAINT "groups_location_policy" CHECK (location_policy in ('strip', 'coarse', 'keep')),
	CONSTRAINT "groups_member_count" CHECK (member_count >= 0)
);
--> statement-breakpoint
CREATE TABLE "invites" (
	"id" uuid PRIMARY KEY NOT NULL,
	"group_id" uuid NOT NULL,
	"code" text NOT NULL,
	"role" text NOT NULL,
	"needs_approval" boolean NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"uses_max" integer,
	"uses" integer DEFAULT 0 NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "invites_code_unique" UNIQUE("code"),
	CONSTRAINT "invites_role" CHECK (role in ('viewer', 'contributor')),
	CONSTRAINT "invites_uses" CHECK (uses >= 0 and (uses_max is null or uses <= uses_max))
);
--> statement-breakpoint
CREATE TABLE "join_requests" (
	"group_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"invite_id" uuid,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"declined_at" timestamp (3) with time zone,
	CONSTRAINT "join_requests_group_id_user_id_pk" PRIMARY KEY("group_id","user_id"),
	CONSTRAINT "join_requests_role" CHECK (role in ('viewer', 'contributor'))
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"group_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"joined_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"notifications" text DEFAULT 'all' NOT NULL,
	CONSTRAINT "memberships_group_id_user_id_pk" PRIMARY KEY("group_id","user_id"),
	CONSTRAINT "memberships_role" CHECK (role in ('viewer', 'contributor', 'admin', 'owner')),
	CONSTRAINT "memberships_notifications" CHECK (notifications in ('all', 'highlights', 'none'))
);
--> statement-breakpoint
CREATE TABLE "removed_members" (
	"group_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"removed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "removed_members_group_id_user_id_pk" PRIMARY KEY("group_id","user_id")
);
--> statement-breakpoint
DROP INDEX "media_feed";--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "timeline_at" timestamp (3) with time zone;--> statement-breakpoint
UPDATE "media" SET "timeline_at" = coalesce("taken_at", ("taken_local" || 'Z')::timestamptz, "created_at") WHERE "state" = 'ready';--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "group_id" uuid;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "purpose" text DEFAULT 'item' NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "listing" text DEFAULT 'listed' NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "trashed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "caption" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "alt_text" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "is_public" boolean GENERATED ALWAYS AS (state = 'ready' and listing = 'listed' and purpose = 'item' and group_id is null) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "is_in_gallery" boolean GENERATED ALWAYS AS (state = 'ready' and listing = 'listed' and purpose = 'item' and group_id is not null) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "comment_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hidden_items" ADD CONSTRAINT "hidden_items_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hidden_items" ADD CONSTRAINT "hidden_items_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invites" ADD CONSTRAINT "invites_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invites" ADD CONSTRAINT "invites_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "join_requests" ADD CONSTRAINT "join_requests_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "join_requests" ADD CONSTRAINT "join_requests_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "join_requests" ADD CONSTRAINT "join_requests_invite_id_invites_id_fk" FOREIGN KEY ("invite_id") REFERENCES "public"."invites"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "removed_members" ADD CONSTRAINT "removed_members_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "removed_members" ADD CONSTRAINT "removed_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "comments_media_id" ON "comments" USING btree ("media_id","id");--> statement-breakpoint
CREATE INDEX "comments_author_id" ON "comments" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "hidden_items_media_id" ON "hidden_items" USING btree ("media_id");--> statement-breakpoint
CREATE INDEX "invites_group_id" ON "invites" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "join_requests_user_id" ON "join_requests" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "memberships_user_id" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_one_owner" ON "memberships" USING btree ("group_id") WHERE role = 'owner';--> statement-breakpoint
CREATE INDEX "removed_members_user_id" ON "removed_members" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_group" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "media_timeline" ON "media" USING btree ("group_id","timeline_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE is_in_gallery;--> statement-breakpoint
CREATE INDEX "media_group_published" ON "media" USING btree ("group_id","published_at" DESC NULLS FIRST) WHERE is_in_gallery;--> statement-breakpoint
CREATE INDEX "media_trash" ON "media" USING btree ("trashed_at") WHERE listing = 'trashed';--> statement-breakpoint
CREATE INDEX "media_feed" ON "media" USING btree ("published_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE is_public;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_purpose" CHECK (purpose in ('item', 'avatar', 'cover'));--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_listing" CHECK (listing in ('listed', 'trashed', 'held', 'quarantined', 'removed'));--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_trashed_at" CHECK ((listing = 'trashed') = (trashed_at is not null));
