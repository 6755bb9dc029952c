ALTER TABLE "quota_days" DROP CONSTRAINT "quota_days_bytes";--> statement-breakpoint
ALTER TABLE "quota_totals" DROP CONSTRAINT "quota_totals_bytes";