// Sessions by the hash of their token. Reads for somebody signed in go through `read-as.ts`, so that the check and the
// data cost one trip.
import { eq, sql, type SQL } from 'drizzle-orm'
import type { UserId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, matches, type Given, type Slot, type Slots } from '../declare-query.ts'
import { retryRead } from '../database-fault.ts'
import { sessions, users } from '../schema/accounts.ts'
import { bans } from '../schema/bans.ts'
import { uuid } from './id-param.ts'
import { moment } from './moment.ts'

/** Who a write is made for. */
export type Author = { readonly userId: UserId; readonly sessionId: string }

/** Where a request came from, as far as it tells: shown to whoever the session belongs to. */
export type Whereabouts = {
  readonly userAgent: string
  /** Two letters of ISO 3166-1. */
  readonly country: string | null
  readonly city: string | null
}

export type NewSession = Whereabouts & {
  readonly id: string
  readonly userId: UserId
  readonly expiresAt: Date
  readonly createdAt: Date
}

const byId = declareQuery((db, { sessionId }: Slots<{ readonly sessionId: string }>) =>
  db
    .select({
      sessionId: sessions.id,
      expiresAt: sessions.expiresAt,
      lastSeenAt: sessions.lastSeenAt,
      userId: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      termsVersion: users.termsVersion,
      steppedUpUntil: sessions.steppedUpUntil,
      banId: users.banId,
      banReason: bans.reason,
      banEndsAt: bans.endsAt,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(bans, eq(bans.id, users.banId))
    .where(matches(sessions.id, sessionId)),
)

/** A session and its user, whether or not it has expired or they are banned: whoever asks decides and cleans up. */
export const sessionQuery = (db: EdgeDatabase, sessionId: string) => byId(db, { sessionId })

export type SessionRow = Awaited<ReturnType<typeof sessionQuery>>[number]

/** A session row, and what else the same trip read. */
export type SessionRead<T> = { readonly session: SessionRow | null; readonly data: T }

export async function findSession(db: EdgeDatabase, sessionId: string): Promise<SessionRead<null>> {
  const [session] = await retryRead(() => sessionQuery(db, sessionId))
  return { session: session ?? null, data: null }
}

/** The authority of a write, as its own condition: the session may have ended since it was checked. */
export const isStillSignedIn = (author: Given<Author>, nowMs: number | Slot<number>): SQL => sql`exists (
    select 1 from sessions where sessions.id = ${author.sessionId} and sessions.user_id = ${uuid(author.userId)}
      and sessions.expires_at > ${moment(nowMs)})`

const deleteSessionQuery = (db: EdgeDatabase, sessionId: string) =>
  db.delete(sessions).where(eq(sessions.id, sessionId))

export async function deleteSession(db: EdgeDatabase, sessionId: string): Promise<void> {
  await deleteSessionQuery(db, sessionId)
}

/** Slides the end of a session and notes that it was used. */
export async function extendSession(
  db: EdgeDatabase,
  sessionId: string,
  { expiresAt, lastSeenAt }: { expiresAt: Date; lastSeenAt: Date },
): Promise<void> {
  await db.update(sessions).set({ expiresAt, lastSeenAt }).where(eq(sessions.id, sessionId))
}

export async function markSessionSeen(db: EdgeDatabase, sessionId: string, lastSeenAt: Date): Promise<void> {
  await db.update(sessions).set({ lastSeenAt }).where(eq(sessions.id, sessionId))
}

export const sessionsOfUserQuery = (db: EdgeDatabase, userId: UserId) =>
  db
    .select({ id: sessions.id, userId: sessions.userId, expiresAt: sessions.expiresAt })
    .from(sessions)
    .where(eq(sessions.userId, userId))

export async function deleteSessionsOfUser(db: EdgeDatabase, userId: UserId): Promise<void> {
  await db.delete(sessions).where(eq(sessions.userId, userId))
}
