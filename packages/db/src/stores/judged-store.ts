// What moderators decided about somebody, for their own export. Which moderator it was is not theirs to know.
import { asc, eq } from 'drizzle-orm'
import type { UserId } from '@shoebox/shared/ids.ts'
import type { PoolDatabase } from '../connect-pool.ts'
import { appeals, bans, warnings } from '../schema/bans.ts'

export async function readJudged(db: PoolDatabase, userId: UserId) {
  return {
    bans: await db
      .select({
        reason: bans.reason,
        items: bans.items,
        bannedAt: bans.bannedAt,
        endsAt: bans.endsAt,
        liftedAt: bans.liftedAt,
      })
      .from(bans)
      .where(eq(bans.userId, userId))
      .orderBy(asc(bans.bannedAt)),
    warnings: await db
      .select({ reason: warnings.reason, warnedAt: warnings.warnedAt, acknowledgedAt: warnings.acknowledgedAt })
      .from(warnings)
      .where(eq(warnings.userId, userId))
      .orderBy(asc(warnings.warnedAt)),
    appeals: await db
      .select({
        subject: appeals.subject,
        text: appeals.text,
        createdAt: appeals.createdAt,
        outcome: appeals.outcome,
        answer: appeals.answer,
        decidedAt: appeals.decidedAt,
      })
      .from(appeals)
      .where(eq(appeals.userId, userId))
      .orderBy(asc(appeals.createdAt)),
  }
}
