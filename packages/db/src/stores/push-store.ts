// Which of somebody's browsers may be woken, and how often they want mail: read and set by themselves.
import { and, desc, eq, gt, sql } from 'drizzle-orm'
import type { DigestFrequency } from '@shoebox/shared/notices/digest.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, type Slots } from '../declare-query.ts'
import { sessions, users } from '../schema/accounts.ts'
import { groups, memberships } from '../schema/groups.ts'
import { digests, pushSubscriptions } from '../schema/push.ts'
import { viewerId, type Viewer } from './block-filter.ts'
import { uuid } from './id-param.ts'
import { moment } from './moment.ts'
import { readAs } from './read-as.ts'
import { isStillSignedIn, type Author, type SessionRead } from './session-store.ts'
import { addressTrouble } from './suppression-store.ts'

/** More than anybody has; who has more sees the latest. */
const devicesMax = 50

const devicesQuery = declareQuery((db, wish: Slots<Viewer>) =>
  db
    .select({
      sessionId: sessions.id,
      userAgent: sessions.userAgent,
      endpoint: pushSubscriptions.endpoint,
      showsNames: pushSubscriptions.showsNames,
      createdAt: pushSubscriptions.createdAt,
    })
    .from(pushSubscriptions)
    .innerJoin(sessions, eq(sessions.id, pushSubscriptions.sessionId))
    .where(and(eq(sessions.userId, viewerId(wish)), gt(sessions.expiresAt, moment(wish.nowMs))))
    .orderBy(desc(pushSubscriptions.createdAt))
    .limit(devicesMax),
)

const mailQuery = declareQuery((db, wish: Slots<Viewer>) =>
  db
    .select({ frequency: digests.frequency, addressTrouble })
    .from(users)
    .leftJoin(digests, eq(digests.userId, users.id))
    .where(eq(users.id, viewerId(wish))),
)

const levelsQuery = declareQuery((db, wish: Slots<Viewer>) =>
  db
    .select({ id: groups.id, name: groups.name, level: memberships.notifications })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.groupId))
    .where(eq(memberships.userId, viewerId(wish)))
    .orderBy(groups.name, groups.id),
)

/** How the session's user is told, and the session itself, in one trip. */
export async function findPushSettings(db: EdgeDatabase, wish: Viewer) {
  const [session, found, [mailed], inGroups] = await readAs(db, wish.sessionId, [
    devicesQuery(db, wish),
    mailQuery(db, wish),
    levelsQuery(db, wish),
  ])
  const data = {
    devices: found,
    frequency: mailed?.frequency ?? null,
    addressTrouble: mailed?.addressTrouble ?? null,
    groups: inGroups,
  }
  return { session, data } satisfies SessionRead<object>
}

type Change = { readonly author: Author; readonly nowMs: number }

export type NewSubscription = Change & {
  readonly endpoint: string
  readonly p256dh: string
  readonly auth: string
  readonly showsNames: boolean
}

/**
 * Keeps the browser of the author's session as one to wake. A browser has one endpoint, whoever signs in there: from
 * whoever had it before it is taken.
 */
export async function keepSubscription(db: EdgeDatabase, wish: NewSubscription): Promise<void> {
  const { author, nowMs, endpoint, p256dh, auth, showsNames } = wish
  await db.batch([
    db.execute(sql`
      delete from ${pushSubscriptions} where endpoint = ${endpoint} and session_id <> ${author.sessionId}
        and ${isStillSignedIn(author, nowMs)}`),
    db.execute(sql`
      insert into ${pushSubscriptions} (session_id, endpoint, p256dh, auth, shows_names, created_at)
      select ${author.sessionId}, ${endpoint}, ${p256dh}, ${auth}, ${showsNames}::boolean, ${moment(nowMs)}
      where ${isStillSignedIn(author, nowMs)}
      on conflict (session_id) do update set endpoint = excluded.endpoint, p256dh = excluded.p256dh,
        auth = excluded.auth, shows_names = excluded.shows_names`),
  ])
}

/** Wakes a browser of the author's no more. False: it is none of theirs, or was not woken. */
export async function dropSubscription(db: EdgeDatabase, wish: Change & { readonly sessionId: string }) {
  const { author, nowMs, sessionId } = wish
  const { rows } = await db.execute(sql`
    delete from ${pushSubscriptions} using ${sessions}
    where ${sessions.id} = ${pushSubscriptions.sessionId} and ${pushSubscriptions.sessionId} = ${sessionId}
      and ${sessions.userId} = ${uuid(author.userId)} and ${isStillSignedIn(author, nowMs)}
    returning ${pushSubscriptions.sessionId}`)
  return rows.length > 0
}

/** Notes where the author is, for the times in their mails. */
export async function keepZone(
  db: EdgeDatabase,
  { author, nowMs, timeZone }: Change & { readonly timeZone: string },
): Promise<void> {
  await db.execute(sql`
    insert into ${digests} (user_id, time_zone) select ${uuid(author.userId)}, ${timeZone}::text
    where ${isStillSignedIn(author, nowMs)}
    on conflict (user_id) do update set time_zone = excluded.time_zone
      where digests.time_zone is distinct from excluded.time_zone`)
}

export type DigestWish = Change & { readonly frequency: DigestFrequency; readonly timeZone: string | null }

/** Stores how often the author wants mail. The next one is planned anew. */
export async function keepDigest(db: EdgeDatabase, { author, nowMs, frequency, timeZone }: DigestWish): Promise<void> {
  const waits = frequency === 'off' ? sql`null::timestamptz` : moment(nowMs)
  await db.execute(sql`
    insert into ${digests} (user_id, frequency, time_zone, waits_since)
    select ${uuid(author.userId)}, ${frequency}, ${timeZone}::text, ${waits}
    where ${isStillSignedIn(author, nowMs)}
    on conflict (user_id) do update set frequency = excluded.frequency,
      time_zone = coalesce(excluded.time_zone, digests.time_zone), waits_since = excluded.waits_since, due_at = null`)
}
