// What somebody was told, and how they want to be: for the export of their data.
import { eq } from 'drizzle-orm'
import type { UserId } from '@shoebox/shared/ids.ts'
import type { PoolDatabase } from '../connect-pool.ts'
import { sessions } from '../schema/accounts.ts'
import { notifications } from '../schema/notifications.ts'
import { digests, pushSubscriptions } from '../schema/push.ts'

/** An endpoint is a secret between us and a browser, and not in it. */
export const readTold = async (db: PoolDatabase, userId: UserId) => ({
  notifications: await db
    .select({
      kind: notifications.kind,
      groupId: notifications.groupId,
      mediaId: notifications.mediaId,
      count: notifications.count,
      firstAt: notifications.firstAt,
      lastAt: notifications.lastAt,
      readAt: notifications.readAt,
    })
    .from(notifications)
    .where(eq(notifications.userId, userId))
    .orderBy(notifications.id),
  digest: await db
    .select({ frequency: digests.frequency, timeZone: digests.timeZone })
    .from(digests)
    .where(eq(digests.userId, userId)),
  pushes: await db
    .select({ showsNames: pushSubscriptions.showsNames, createdAt: pushSubscriptions.createdAt })
    .from(pushSubscriptions)
    .innerJoin(sessions, eq(sessions.id, pushSubscriptions.sessionId))
    .where(eq(sessions.userId, userId)),
})
