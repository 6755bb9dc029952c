// People as everybody sees them: a name, a picture, and what they put in the public feed. Nothing else about anyone is
// read here. To people apart from them they are not there.
import { and, sql } from 'drizzle-orm'
import type { UserId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, matches, type Slots } from '../declare-query.ts'
import { retryRead } from '../database-fault.ts'
import { users } from '../schema/accounts.ts'
import { isNotApart, viewerId, type Viewer } from './block-filter.ts'
import { feedQuery, requireReady, type FeedPosition, type FeedRow } from './feed-store.ts'
import { avatarOf } from './membership-store.ts'

type PersonWish = { readonly viewer: Viewer | null; readonly userId: UserId }

const personQuery = declareQuery((db, { viewer, userId }: Slots<PersonWish>) =>
  db
    .select({ id: users.id, name: users.name, avatar: avatarOf('users') })
    .from(users)
    .where(
      and(matches(users.id, userId), viewer === null ? undefined : isNotApart(viewerId(viewer), sql`${users.id}`)),
    ),
)

export type PersonRow = Awaited<ReturnType<typeof personQuery>>[number]

/** A viewer of null is nobody. */
export async function findPerson(db: EdgeDatabase, viewer: Viewer | null, userId: UserId): Promise<PersonRow | null> {
  const [person] = await retryRead(() => personQuery(db, { viewer, userId }))
  return person ?? null
}

export type PersonPageWish = {
  readonly viewer: Viewer | null
  readonly userId: UserId
  readonly from: FeedPosition | null
  readonly rowsMax: number
}

/** A person and their public items after a position, or from the newest, in one trip. */
export async function readPersonPage(
  db: EdgeDatabase,
  { viewer, userId, from, rowsMax }: PersonPageWish,
): Promise<{ person: PersonRow; items: FeedRow[] } | null> {
  const items = { viewer, ownerId: userId, after: from, rowsMax }
  const [[person], rows] = await retryRead(() => db.batch([personQuery(db, { viewer, userId }), feedQuery(db, items)]))
  return person === undefined ? null : { person, items: rows.map(requireReady) }
}
