// Somebody's sessions, as they see and end them.
import { and, desc, eq, gt, ne } from 'drizzle-orm'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, type Slots } from '../declare-query.ts'
import { sessions } from '../schema/accounts.ts'
import { viewerId, type Viewer } from './block-filter.ts'
import { moment } from './moment.ts'
import { readAs } from './read-as.ts'
import { isStillSignedIn, type Author, type SessionRead } from './session-store.ts'

/** More than anybody has; who has more sees the latest. */
const sessionsMax = 100

const ownQuery = declareQuery((db, wish: Slots<Viewer>) =>
  db
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      userAgent: sessions.userAgent,
      country: sessions.country,
      city: sessions.city,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, viewerId(wish)), gt(sessions.expiresAt, moment(wish.nowMs))))
    .orderBy(desc(sessions.lastSeenAt), sessions.id)
    .limit(sessionsMax),
)

/** Living sessions of the session's user, the one used last first, and the session itself, in one trip. */
export async function findOwnSessions(db: EdgeDatabase, wish: Viewer) {
  const [session, data] = await readAs(db, wish.sessionId, [ownQuery(db, wish)])
  return { session, data } satisfies SessionRead<object[]>
}

export type SessionWish = { readonly author: Author; readonly nowMs: number }

/** Ends one session of the author's. False: they have none by that id. */
export async function endSession(db: EdgeDatabase, { author, nowMs, id }: SessionWish & { readonly id: string }) {
  const ended = await db
    .delete(sessions)
    .where(and(eq(sessions.id, id), eq(sessions.userId, author.userId), isStillSignedIn(author, nowMs)))
    .returning({ id: sessions.id })
  return ended.length > 0
}

/** Ends all sessions of the author's but this one; answers how many. */
export async function endOtherSessions(db: EdgeDatabase, { author, nowMs }: SessionWish): Promise<number> {
  const ended = await db
    .delete(sessions)
    .where(and(eq(sessions.userId, author.userId), ne(sessions.id, author.sessionId), isStillSignedIn(author, nowMs)))
    .returning({ id: sessions.id })
  return ended.length
}
