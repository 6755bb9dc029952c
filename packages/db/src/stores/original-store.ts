// What of an item somebody may download, and in which form.
import { and, eq, or, sql } from 'drizzle-orm'
import type { EdgeDatabase } from '../connect-http.ts'
import { retryRead } from '../database-fault.ts'
import { groups } from '../schema/groups.ts'
import { media } from '../schema/media.ts'
import { isSeen, type ItemWish } from './gallery-store.ts'
import { sessionQuery, userOfLivingSession, type SessionRead } from './session-store.ts'

/**
 * One item that the session's user owns or sees, and the session itself, in one trip. An owner finds their own wherever
 * it lies, in the trash as well; only what a moderator removed or put aside is nobody's to download.
 */
export async function findOriginal(db: EdgeDatabase, wish: ItemWish) {
  const { sessionId, mediaId, nowMs } = wish
  const isOwn = eq(media.ownerId, sql`(${userOfLivingSession(db, sessionId, nowMs)})`)
  const isOwnToHave = sql`${isOwn} and ${media.listing} in ('listed', 'trashed', 'held')`
  const query = () =>
    db
      .select({
        id: media.id,
        type: media.type,
        generation: media.generation,
        fileName: media.fileName,
        copyType: media.copyType,
        hasPlay: media.hasPlay,
        takenLocal: media.takenLocal,
        createdAt: media.createdAt,
        isOwn: sql<boolean>`${isOwn}`,
        /** Null: it is in no group. */
        locationPolicy: groups.locationPolicy,
      })
      .from(media)
      .leftJoin(groups, eq(groups.id, media.groupId))
      .where(
        and(
          eq(media.id, mediaId),
          sql`${media.state} = 'ready' and ${media.purpose} = 'item'`,
          or(isOwnToHave, isSeen(wish)),
        ),
      )
  const [[session], [row]] = await retryRead(() => db.batch([sessionQuery(db, sessionId), query()]))
  return { session: session ?? null, data: row === undefined ? null : requireStored(row) } satisfies SessionRead<
    object | null
  >
}

/** A ready row knows what it is and where it lies; the constraint of the table says so. */
function requireStored<R extends { id: string; type: string | null; generation: string | null }>(row: R) {
  const { type, generation } = row
  if (type === null || generation === null) throw new Error(`${row.id} is ready but not complete`)
  return { ...row, type: type as NonNullable<R['type']>, generation }
}
