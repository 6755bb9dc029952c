// What people say about themselves. Their pictures are items of purpose `avatar`, listed nowhere.
import { and, eq, sql } from 'drizzle-orm'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, type Slots } from '../declare-query.ts'
import { users } from '../schema/accounts.ts'
import { media } from '../schema/media.ts'
import { viewerId, type Viewer } from './block-filter.ts'
import { purgeItems } from './deletion-store.ts'
import { avatarOf } from './membership-store.ts'
import { readAs } from './read-as.ts'
import { isStillSignedIn, type Author, type SessionRead } from './session-store.ts'
import { addressTrouble } from './suppression-store.ts'

const profileQuery = declareQuery((db, wish: Slots<Viewer>) =>
  db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      phone: users.phone,
      role: users.role,
      plan: users.plan,
      createdAt: users.createdAt,
      termsVersion: users.termsVersion,
      termsAcceptedAt: users.termsAcceptedAt,
      hasPassword: sql<boolean>`${users.passwordHash} is not null`,
      avatar: avatarOf('users'),
      addressTrouble,
    })
    .from(users)
    .where(eq(users.id, viewerId(wish))),
)

/** Everything about the session's user, and the session itself, in one trip. */
export async function findProfile(db: EdgeDatabase, wish: Viewer) {
  const [session, [data]] = await readAs(db, wish.sessionId, [profileQuery(db, wish)])
  return { session, data: data ?? null } satisfies SessionRead<object | null>
}

export type ProfileWish = { readonly author: Author; readonly nowMs: number }

/** Changes what is given and leaves the rest. */
export async function editProfile(
  db: EdgeDatabase,
  { author, nowMs, ...changes }: ProfileWish & { readonly name?: string; readonly phone?: string | null },
): Promise<void> {
  await db
    .update(users)
    .set(changes)
    .where(and(eq(users.id, author.userId), isStillSignedIn(author, nowMs)))
}

/**
 * Makes an item of the author's their picture, or leaves them without one, and asks that the pictures before it go.
 * False: they have no such picture.
 */
export async function setAvatar(
  db: EdgeDatabase,
  { author, nowMs, mediaId }: ProfileWish & { readonly mediaId: MediaId | null },
): Promise<boolean> {
  const isTheirs = and(eq(users.id, author.userId), isStillSignedIn(author, nowMs))
  const isPicture = sql`exists (select 1 from ${media} where ${media.id} = ${sql.param(mediaId, media.id)}
    and ${media.ownerId} = ${users.id} and ${media.purpose} = 'avatar' and ${media.state} = 'ready'
    and ${media.kind} = 'image')`
  const [changed] = await db.batch([
    db
      .update(users)
      .set({ avatarId: mediaId })
      .where(and(isTheirs, mediaId === null ? undefined : isPicture))
      .returning({ id: users.id }),
    db.execute(
      purgeItems(
        sql`${eq(media.ownerId, author.userId)} and ${media.purpose} = 'avatar' and ${media.state} = 'ready'
          and ${media.id} is distinct from (select avatar_id from ${users} where ${eq(users.id, author.userId)})
          and ${isStillSignedIn(author, nowMs)}`,
        'purged',
        nowMs,
      ),
    ),
  ])
  return changed.length > 0
}

export type TermsWish = ProfileWish & { readonly termsVersion: string }

/** Keeps which terms somebody accepted, and when. */
export async function keepAcceptedTerms(db: EdgeDatabase, { author, termsVersion, nowMs }: TermsWish): Promise<void> {
  await db
    .update(users)
    .set({ termsVersion, termsAcceptedAt: new Date(nowMs) })
    .where(and(eq(users.id, author.userId), isStillSignedIn(author, nowMs)))
}
