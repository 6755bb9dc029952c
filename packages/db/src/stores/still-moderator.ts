import { and, eq, exists, gt, inArray, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { EdgeDatabase } from '../connect-http.ts'
import { sessions, users } from '../schema/accounts.ts'
import type { Author } from './session-store.ts'

const asking = alias(users, 'asking')

/**
 * The authority of a moderator's write, as its own condition: the role, a living session, and a code entered in it
 * lately. Administrators are moderators.
 */
export const isStillModerator = (db: EdgeDatabase, author: Author, nowMs: number): SQL =>
  exists(
    db
      .select({ one: sql`1` })
      .from(sessions)
      .innerJoin(asking, eq(asking.id, sessions.userId))
      .where(
        and(
          eq(sessions.id, author.sessionId),
          eq(asking.id, author.userId),
          inArray(asking.role, ['moderator', 'administrator']),
          gt(sessions.expiresAt, new Date(nowMs)),
          gt(sessions.steppedUpUntil, new Date(nowMs)),
        ),
      ),
  )
