// What a person ever uploaded, with what became of it.
import { and, desc, eq, lt } from 'drizzle-orm'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { retryRead } from '../database-fault.ts'
import { users } from '../schema/accounts.ts'
import { groups, memberships } from '../schema/groups.ts'
import { media } from '../schema/media.ts'
import { viewerId } from './block-filter.ts'
import { feedColumns, requireReady } from './feed-store.ts'
import { sessionQuery, type SessionRead } from './session-store.ts'
import { isShownToOwner } from './shown-to-owner.ts'

export type HistoryWish = {
  readonly sessionId: string
  /** The upload after which to go on. */
  readonly after: MediaId | null
  readonly rowsMax: number
  readonly nowMs: number
}

/**
 * Uploads of the session's user, newest first, and the session itself, in one trip. Ids sort by creation. Pictures of
 * people and of groups are no uploads to go on with here. What a group is called is told to its members.
 */
export async function findHistory(db: EdgeDatabase, { sessionId, after, rowsMax, nowMs }: HistoryWish) {
  const history = () =>
    db
      .select({
        ...feedColumns,
        state: media.state,
        listing: media.listing,
        refusalReason: media.refusalReason,
        duplicateOf: media.duplicateOf,
        declaredType: media.declaredType,
        detectedType: media.detectedType,
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
          eq(media.ownerId, viewerId({ sessionId, nowMs })),
          eq(media.purpose, 'item'),
          after === null ? undefined : lt(media.id, after),
        ),
      )
      .orderBy(desc(media.id))
      .limit(rowsMax)
  const [[session], rows] = await retryRead(() => db.batch([sessionQuery(db, sessionId), history()]))
  const data = rows.map((row) => ({
    ...row,
    ready: isShownToOwner(row) ? { ...requireReady(row), isHeld: row.listing === 'held' } : null,
  }))
  return { session: session ?? null, data } satisfies SessionRead<object[]>
}
