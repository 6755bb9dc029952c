// What a person ever uploaded, with what became of it.
import { and, desc, eq, lt } from 'drizzle-orm'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, valueOf, type Slots } from '../declare-query.ts'
import { users } from '../schema/accounts.ts'
import { groups, memberships } from '../schema/groups.ts'
import { media } from '../schema/media.ts'
import { viewerId } from './block-filter.ts'
import { readAs } from './read-as.ts'
import type { SessionRead } from './session-store.ts'
import { showToOwner } from './show-to-owner.ts'
import { ownColumns } from './upload-store.ts'

export type HistoryWish = {
  readonly sessionId: string
  /** The upload after which to go on. */
  readonly after: MediaId | null
  readonly rowsMax: number
  readonly nowMs: number
}

const historyQuery = declareQuery((db, wish: Slots<HistoryWish>) =>
  db
    .select({
      ...ownColumns,
      fileName: media.fileName,
      declaredBytes: media.declaredBytes,
      createdAt: media.createdAt,
      settledAt: media.settledAt,
      groupId: media.groupId,
      groupName: groups.name,
    })
    .from(media)
    .innerJoin(users, eq(users.id, media.ownerId))
    .leftJoin(memberships, and(eq(memberships.groupId, media.groupId), eq(memberships.userId, media.ownerId)))
    .leftJoin(groups, eq(groups.id, memberships.groupId))
    .where(
      and(
        eq(media.ownerId, viewerId(wish)),
        eq(media.purpose, 'item'),
        wish.after === null ? undefined : lt(media.id, valueOf(media.id, wish.after)),
      ),
    )
    .orderBy(desc(media.id))
    .limit(wish.rowsMax),
)

/**
 * Uploads of the session's user, newest first, and the session itself, in one trip. Ids sort by creation. Pictures of
 * people and of groups are no uploads to go on with here. What a group is called is told to its members.
 */
export async function findHistory(db: EdgeDatabase, wish: HistoryWish) {
  const [session, rows] = await readAs(db, wish.sessionId, [historyQuery(db, wish)])
  const data = rows.map((row) => ({ ...row, ready: showToOwner(row) }))
  return { session, data } satisfies SessionRead<object[]>
}
