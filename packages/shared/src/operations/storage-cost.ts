/** S3 Standard in us-east-1, the first 50 TB: https://aws.amazon.com/s3/pricing/ (2026-11). */
const dollarsPerGigabyteMonth = 0.023

/** What so many bytes cost each month to keep, in dollars. */
export const dollarsPerMonth = (bytes: number): number => (bytes / 1024 ** 3) * dollarsPerGigabyteMonth
