// What moderators read: the cases that wait, those that were decided, and all that is known of one. Every statement asks
// itself whether the session's user may judge: nothing leaves Postgres for anybody else.
import { and, eq, exists, gt, inArray, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { EdgeDatabase } from '../connect-http.ts'
import { retryRead } from '../database-fault.ts'
import { sessions, users } from '../schema/accounts.ts'
import { cases } from '../schema/reports.ts'
import { sessionQuery, type SessionRead } from './session-store.ts'

export type DeskWish = { readonly sessionId: string; readonly nowMs: number }

const asking = alias(users, 'asking')

/** The authority of a moderator's read; whoever wrote the session row decides with the same words what is told. */
export const isModerator = (db: EdgeDatabase, { sessionId, nowMs }: DeskWish): SQL =>
  exists(
    db
      .select({ one: sql`1` })
      .from(sessions)
      .innerJoin(asking, eq(asking.id, sessions.userId))
      .where(
        and(
          eq(sessions.id, sessionId),
          inArray(asking.role, ['moderator', 'administrator']),
          gt(sessions.expiresAt, new Date(nowMs)),
          gt(sessions.steppedUpUntil, new Date(nowMs)),
        ),
      ),
  )

export const isUndecided = sql`${cases.state} in ('open', 'quarantined')`

/** How many cases wait. */
export async function countUndecided(db: EdgeDatabase, wish: DeskWish): Promise<SessionRead<number>> {
  const query = () =>
    db
      .select({ count: sql<number>`count(*)::int` })
      .from(cases)
      .where(and(isUndecided, isModerator(db, wish)))
  const [[session], [counted]] = await retryRead(() => db.batch([sessionQuery(db, wish.sessionId), query()]))
  return { session: session ?? null, data: counted?.count ?? 0 }
}
