// People as everybody sees them: a name, a picture, and what they put in the public feed. Nothing else about anyone is
// read here.
import { and, desc, eq } from 'drizzle-orm'
import type { UserId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { retryRead } from '../database-fault.ts'
import { users } from '../schema/accounts.ts'
import { media } from '../schema/media.ts'
import { feedColumns, isAfter, isPublic, requireReady, type FeedPosition, type FeedRow } from './feed-store.ts'
import { avatarOf } from './membership-store.ts'

const personQuery = (db: EdgeDatabase, userId: UserId) =>
  db
    .select({ id: users.id, name: users.name, avatar: avatarOf('users') })
    .from(users)
    .where(eq(users.id, userId))

export type PersonRow = Awaited<ReturnType<typeof personQuery>>[number]

export async function findPerson(db: EdgeDatabase, userId: UserId): Promise<PersonRow | null> {
  const [person] = await retryRead(() => personQuery(db, userId))
  return person ?? null
}

export type PersonPageWish = {
  readonly userId: UserId
  readonly from: FeedPosition | null
  readonly rowsMax: number
}

/** A person and their public items after a position, or from the newest, in one trip. */
export async function readPersonPage(
  db: EdgeDatabase,
  { userId, from, rowsMax }: PersonPageWish,
): Promise<{ person: PersonRow; items: FeedRow[] } | null> {
  const items = () =>
    db
      .select(feedColumns)
      .from(media)
      .innerJoin(users, eq(users.id, media.ownerId))
      .where(and(isPublic, eq(media.ownerId, userId), from === null ? undefined : isAfter(from)))
      .orderBy(desc(media.publishedAt), desc(media.id))
      .limit(rowsMax)
  const [[person], rows] = await retryRead(() => db.batch([personQuery(db, userId), items()]))
  return person === undefined ? null : { person, items: rows.map(requireReady) }
}
