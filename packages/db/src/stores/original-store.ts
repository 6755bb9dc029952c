// What of an item somebody may download, and in which form.
import { and, eq, or, sql } from 'drizzle-orm'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, type Slots } from '../declare-query.ts'
import { groups } from '../schema/groups.ts'
import { media } from '../schema/media.ts'
import { uuids } from './id-param.ts'
import { viewerId } from './block-filter.ts'
import { isSeen } from './gallery-store.ts'
import { readAs } from './read-as.ts'
import type { SessionRead } from './session-store.ts'

export type OriginalsWish = {
  readonly sessionId: string
  readonly mediaIds: readonly MediaId[]
  readonly nowMs: number
}

const originalsQuery = declareQuery((db, wish: Slots<OriginalsWish>) => {
  const isOwn = eq(media.ownerId, viewerId(wish))
  const isOwnToHave = sql`${isOwn} and ${media.listing} in ('listed', 'trashed', 'held')`
  return db
    .select({
      id: media.id,
      type: media.type,
      generation: media.generation,
      fileName: media.fileName,
      copyType: media.copyType,
      hasPlay: media.hasPlay,
      /** Of the original. */
      bytes: media.bytes,
      sha256: media.sha256,
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
        sql`${media.id} = any(${uuids(wish.mediaIds)})`,
        sql`${media.state} = 'ready' and ${media.purpose} = 'item'`,
        or(isOwnToHave, isSeen(wish)),
      ),
    )
})

/**
 * Those of the items that the session's user owns or sees, in no order, and the session itself, in one trip. An owner
 * finds their own wherever it lies, in the trash as well; only what a moderator removed or put aside is nobody's to
 * download.
 */
export async function findOriginals(db: EdgeDatabase, wish: OriginalsWish) {
  const [session, rows] = await readAs(db, wish.sessionId, [originalsQuery(db, wish)])
  return { session, data: rows.map(requireStored) } satisfies SessionRead<object[]>
}

/** A ready row knows what it is and where it lies; the constraint of the table says so. */
function requireStored<R extends { id: string; type: string | null; generation: string | null; bytes: number | null }>(
  row: R,
) {
  const { type, generation, bytes } = row
  if (type === null || generation === null || bytes === null) throw new Error(`${row.id} is ready but not complete`)
  return { ...row, type: type as NonNullable<R['type']>, generation, bytes }
}
